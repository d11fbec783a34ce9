package io.cachewright.study;

import io.cachewright.drawing.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Sizes of memory in words, with as many digits as it takes to tell neighbours apart: what a server takes
/// without any key makes small ones look alike.
final class SizeLabels {

    private static final int DECIMALS_MAX = 4;
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private static final double UNIT = 1_024;

    private SizeLabels() {}

    /// @param bytes no size twice
    static List<String> of(List<Long> bytes) {
        List<String> labels = bytes.stream().map(Words::bytes).toList();
        for (int decimals = 2; decimals <= DECIMALS_MAX && new HashSet<>(labels).size() < labels.size(); decimals++) {
            int digits = decimals;
            labels = bytes.stream().map(each -> label(each, digits)).toList();
        }
        return labels;
    }

    private static String label(long bytes, int decimals) {
        double value = bytes;
        int power = 0;
        while (value >= UNIT && power < UNITS.length - 1) {
            value /= UNIT;
            power++;
        }
        return String.format(Locale.ROOT, "%." + (power == 0 ? 0 : decimals) + "f %s", value, UNITS[power]);
    }
}
