package io.cachewright.sizing.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A division of a trace's keys into named groups, such as key families. The division is the caller's: this
/// package knows nothing of names.
public final class KeyGroups {

    private final int[] groupOfKey;
    private final List<String> names;

    private KeyGroups(int[] groupOfKey, List<String> names) {
        this.groupOfKey = groupOfKey;
        this.names = List.copyOf(names);
    }

    /// All keys in one group.
    public static KeyGroups one(Trace trace) {
        return new KeyGroups(new int[trace.keyCount()], List.of("all"));
    }

    /// Keys grouped by what `group` makes of their names.
    public static KeyGroups by(Trace trace, Function<String, String> group) {
        int[] groupOfKey = new int[trace.keyCount()];
        List<String> names = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int key = 0; key < groupOfKey.length; key++) {
            groupOfKey[key] = numbers.computeIfAbsent(group.apply(trace.keyName(key)), name -> {
                names.add(name);
                return names.size() - 1;
            });
        }
        return new KeyGroups(groupOfKey, names);
    }

    /// Keys grouped by how often they are accessed, by powers of two: group g holds those with 2^g to
    /// 2^(g+1) - 1 accesses.
    public static KeyGroups byPopularity(int[] accessesByKey) {
        int[] groupOfKey = new int[accessesByKey.length];
        List<String> names = new ArrayList<>();
        for (int g = 0; g < Integer.SIZE; g++) {
            names.add("2^" + g);
        }
        for (int key = 0; key < groupOfKey.length; key++) {
            groupOfKey[key] = popularity(accessesByKey[key]);
        }
        return new KeyGroups(groupOfKey, names);
    }

    /// The power of two that a number of accesses reaches: what [#byPopularity] groups by.
    public static int popularity(int accesses) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, accesses));
    }

    public int count() {
        return names.size();
    }

    public List<String> names() {
        return names;
    }

    public int of(int key) {
        return groupOfKey[key];
    }
}
