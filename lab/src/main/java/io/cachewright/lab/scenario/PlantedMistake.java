package io.cachewright.lab.scenario;

/// One thing that is wrong on purpose.
///
/// @param id stable: the id of the rule or anti-pattern it is known by, for example `MEM-01` or `TRD-B6`
/// @param what the mistake, as a clause
/// @param evidence where it shows without capturing commands
public record PlantedMistake(String id, Group group, String what, String evidence) {

    /// What a mistake belongs to.
    public enum Group {
        MEMORY("memory"),
        LATENCY("latency"),
        PERSISTENCE("persistence"),
        CONNECTIONS("connections"),
        KEYSPACE("keyspace"),
        TTL_AND_EVICTION("TTL and eviction"),
        SECURITY("security"),
        TRADING("trading");

        private final String label;

        Group(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
