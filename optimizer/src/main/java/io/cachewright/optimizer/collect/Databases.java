package io.cachewright.optimizer.collect;

import io.cachewright.optimizer.evidence.InfoSnapshot;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the logical databases in INFO.
final class Databases {

    private static final Pattern NAME = Pattern.compile("db(\\d{1,7})");

    private Databases() {}

    /// Keys of each database that holds any.
    static Map<Integer, Long> keys(InfoSnapshot info) {
        Map<Integer, Long> keys = new TreeMap<>();
        for (String field : info.fields().keySet()) {
            Matcher name = NAME.matcher(field);
            if (name.matches()) {
                String count = info.parts(field).orElse(Map.of()).getOrDefault("keys", "");
                if (count.matches("\\d{1,18}")) {
                    keys.put(Integer.valueOf(name.group(1)), Long.valueOf(count));
                }
            }
        }
        return keys;
    }
}
