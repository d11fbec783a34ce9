package io.cachewright.optimizer.diagnose;

import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Set;

/// What is wrong, with its numbers and where they come from.
///
/// @param title the rule's title, made specific where that helps
/// @param affects what suffers
/// @param families patterns of the key families concerned; empty when it is about the server
public record Finding(
        String ruleId,
        String title,
        Topic topic,
        Severity severity,
        Set<Objective> affects,
        List<Observation> seen,
        String node,
        List<String> families) {

    /// One observed fact.
    ///
    /// @param text with its number and unit, for example `used_memory 812 MB of maxmemory 0 (no limit)`
    /// @param source where it was read, for example `INFO memory`, `CONFIG GET maxmemory`, `60 s window`
    public record Observation(String text, String source) {}

    public Finding {
        affects = Set.copyOf(affects);
        seen = List.copyOf(seen);
        families = List.copyOf(families);
        if (seen.isEmpty()) {
            throw new IllegalArgumentException("finding " + ruleId + " shows no observation");
        }
    }
}
