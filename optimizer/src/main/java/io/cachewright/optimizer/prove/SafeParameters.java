package io.cachewright.optimizer.prove;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which parameters a shadow takes over. Only what changes how fast a server is and how much it holds: never where it
/// writes, whom it follows, or who may enter; and not `maxmemory`, as the data of a shadow is scaled down.
final class SafeParameters {

    private static final Pattern SAFE =
            Pattern.compile("(hash|list|set|zset|stream|hll)-(max|node|sparse|compress)-?[a-z0-9-]*"
                    + "|maxmemory-(policy|samples|eviction-tenacity|clients)"
                    + "|lfu-[a-z-]+"
                    + "|lazyfree-[a-z-]+"
                    + "|active-?(defrag|rehashing|-expire-effort|-defrag-[a-z-]+)"
                    + "|io-threads|io-threads-do-reads|events-per-io-thread|prefetch-batch-max-size"
                    + "|hz|dynamic-hz|timeout|tcp-keepalive|databases"
                    + "|appendonly|appendfsync|no-appendfsync-on-rewrite|aof-use-rdb-preamble|rdbcompression|rdbchecksum"
                    + "|slowlog-[a-z-]+|commandlog-[a-z-]+|latency-[a-z-]+|notify-keyspace-events"
                    + "|jemalloc-bg-thread|tracking-table-max-keys|key-load-delay|min-string-size-avoid-copy-reply");

    /// What depends on the server's clocks: LRU and LFU tick by the second and the minute, keys expire in their time.
    private static final Pattern CLOCK =
            Pattern.compile("maxmemory|maxmemory-(policy|samples|eviction-tenacity)|lfu-[a-z-]+|active-expire-effort");

    /// Parameters that make more than one thread of the server work, so it must not be bound to one core.
    private static final Pattern THREADS = Pattern.compile("io-threads|io-threads-do-reads|events-per-io-thread");

    private static final Pattern DISK =
            Pattern.compile("appendonly|appendfsync|no-appendfsync-on-rewrite|aof-use-rdb-preamble|rdbc.*");

    private static final String APPEND_FSYNC = "appendfsync";

    private static final Map<String, String> WHY_NOT = why();

    private SafeParameters() {}

    private static Map<String, String> why() {
        Map<String, String> why = new LinkedHashMap<>();
        for (String name : List.of("save", "auto-aof-rewrite-percentage", "auto-aof-rewrite-min-size")) {
            why.put(name, "snapshots and rewrites come minutes apart; a short run holds none");
        }
        for (String name : List.of("requirepass", "protected-mode", "bind", "user", "aclfile", "masterauth")) {
            why.put(name, "it guards the server, which no load shows");
        }
        for (String name :
                List.of("maxclients", "client-output-buffer-limit", "client-query-buffer-limit", "tcp-backlog")) {
            why.put(name, "it is a limit that matters only when it is reached");
        }
        return why;
    }

    /// The parameters of a target that its shadow takes over, in the order of their names.
    static Map<String, String> of(Map<String, String> parameters) {
        Map<String, String> safe = new TreeMap<>();
        parameters.forEach((name, value) -> {
            if (SAFE.matcher(name).matches() && !value.isEmpty()) {
                safe.put(name, value);
            }
        });
        return safe;
    }

    /// Why changing this parameter cannot be measured on a shadow; empty when it can.
    static Optional<String> whyNotProvable(String name) {
        if (CLOCK.matcher(name).matches()) {
            return Optional.of(name + " works by the server's own clocks (LRU, LFU, expiry), which a load that is not"
                    + " replayed in its own time makes tell wrong: use `cachewright size` for it");
        }
        String why = WHY_NOT.get(name);
        if (why != null) {
            return Optional.of(name + ": " + why);
        }
        return SAFE.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(name + " changes nothing that a load on one server shows");
    }

    /// What a shadow sets beyond its target's parameters: where no change is about the disk, no write waits for it. A
    /// disk that takes milliseconds a write would leave a run too few commands to tell anything else.
    static Map<String, String> withoutWaits(Map<String, String> parameters, Set<String> changed) {
        return "always".equals(parameters.get(APPEND_FSYNC))
                        && changed.stream().noneMatch(name -> DISK.matcher(name).matches())
                ? Map.of(APPEND_FSYNC, "no")
                : Map.of();
    }

    /// Whether any of these lets several threads of the server work.
    static boolean useThreads(Set<String> names) {
        return names.stream().anyMatch(name -> THREADS.matcher(name).matches());
    }
}
