package io.cachewright.sizing.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One number an access, as narrow as can be: many traces have one size and one operation, and most
/// numbers fit 4 bytes.
final class Column {

    private int length;
    private long constant;
    private int @Nullable [] ints;
    private long @Nullable [] longs;

    void add(long value) {
        if (length == 0) {
            constant = value;
        } else if (isConstant() ? value != constant : ints != null && !fitsInt(value)) {
            widenFor(value);
        }
        put(value);
        length++;
    }

    private boolean isConstant() {
        return ints == null && longs == null;
    }

    private static boolean fitsInt(long value) {
        return value == (int) value;
    }

    private void widenFor(long value) {
        if (isConstant() && fitsInt(constant) && fitsInt(value)) {
            ints = new int[Growth.next(length)];
            Arrays.fill(ints, 0, length, (int) constant);
            return;
        }
        long[] wide = new long[Growth.next(length)];
        for (int i = 0; i < length; i++) {
            wide[i] = get(i);
        }
        longs = wide;
        ints = null;
    }

    private void put(long value) {
        if (longs != null) {
            longs = length == longs.length ? Arrays.copyOf(longs, Growth.next(length)) : longs;
            longs[length] = value;
        } else if (ints != null) {
            ints = length == ints.length ? Arrays.copyOf(ints, Growth.next(length)) : ints;
            ints[length] = (int) value;
        }
    }

    /// Whether every number is this one.
    boolean isAlways(long value) {
        return isConstant() && (length == 0 || constant == value);
    }

    long get(int index) {
        if (ints != null) {
            return ints[index];
        }
        return longs != null ? longs[index] : constant;
    }
}
