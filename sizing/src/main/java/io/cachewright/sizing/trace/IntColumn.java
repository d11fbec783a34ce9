package io.cachewright.sizing.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One number an access; an array only once two of them differ, as many traces have one size and one operation.
final class IntColumn {

    private int length;
    private int constant;
    private int @Nullable [] values;

    void add(int value) {
        if (length == 0) {
            constant = value;
        } else if (values == null && value != constant) {
            values = new int[Growth.next(length)];
            Arrays.fill(values, 0, length, constant);
        }
        if (values != null) {
            if (length == values.length) {
                values = Arrays.copyOf(values, Growth.next(length));
            }
            values[length] = value;
        }
        length++;
    }

    /// Whether every value is this one.
    boolean isAlways(int value) {
        return values == null && (length == 0 || constant == value);
    }

    int get(int index) {
        return values == null ? constant : values[index];
    }
}
