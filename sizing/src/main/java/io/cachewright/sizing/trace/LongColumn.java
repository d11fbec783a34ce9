package io.cachewright.sizing.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// As [IntColumn], for times.
final class LongColumn {

    private int length;
    private long constant;
    private long @Nullable [] values;

    void add(long value) {
        if (length == 0) {
            constant = value;
        } else if (values == null && value != constant) {
            values = new long[Growth.next(length)];
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

    long get(int index) {
        return values == null ? constant : values[index];
    }
}
