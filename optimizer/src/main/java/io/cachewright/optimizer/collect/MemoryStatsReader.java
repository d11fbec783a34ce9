package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads MEMORY STATS into one flat map: nested names are joined with a dot. Ratios, which INFO has too, are left out.
final class MemoryStatsReader {

    private MemoryStatsReader() {}

    static Map<String, Long> read(Reply reply) {
        Map<String, Long> stats = new LinkedHashMap<>();
        flatten("", reply, stats);
        return Map.copyOf(stats);
    }

    private static void flatten(String prefix, Reply reply, Map<String, Long> stats) {
        Replies.pairs(reply).forEach((name, value) -> {
            if (value instanceof Reply.Int(long number)) {
                stats.put(prefix + name, number);
            } else if (value instanceof Reply.Array) {
                flatten(prefix + name + ".", value, stats);
            }
        });
    }
}
