package io.cachewright.snapshot.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The checksum of RDB files: CRC-64 with Jones' polynomial, reflected, starting at 0.
///
/*
 * Sixteen bytes a step ("slicing by 16"): sixteen tables tell what a byte does to the checksum after 0 to 15 further
 * bytes, so that the look-ups of one step do not wait for each other. Steps do, so that two stripes are computed at
 * once and joined: a checksum is a polynomial modulo the generator, and what follows it multiplies it by a power of x.
 * In reflected form bit 63 stands for x^0. The tables are one array, as the compiler knows its length and checks no index.
 */
public final class Crc64 {

    private static final long POLYNOMIAL_REFLECTED = 0x95AC9329AC4BC9B5L;
    private static final long ONE = 1L << 63;
    private static final int SLICES = 16;
    private static final int STRIPE_BYTES = 1 << 14;
    private static final long[] TABLES = tables();
    private static final long AFTER_STRIPE = power(STRIPE_BYTES);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Crc64() {}

    /// The checksum of what `crc` is the checksum of, followed by `bytes[from, to)`.
    public static long update(long crc, byte[] bytes, int from, int to) {
        long state = crc;
        int i = from;
        while (to - i >= 2 * STRIPE_BYTES) {
            state = twoStripes(state, bytes, i);
            i += 2 * STRIPE_BYTES;
        }
        for (; to - i >= SLICES; i += SLICES) {
            state = step(state ^ (long) LONG.get(bytes, i), (long) LONG.get(bytes, i + Long.BYTES));
        }
        for (; i < to; i++) {
            state = TABLES[(int) (state ^ bytes[i]) & 0xff] ^ (state >>> 8);
        }
        return state;
    }

    /// The checksum of two pieces together, of which the second is `bytes` long.
    public static long join(long first, long second, long bytes) {
        return multiply(first, power(bytes)) ^ second;
    }

    private static long twoStripes(long crc, byte[] bytes, int from) {
        long first = crc;
        long second = 0;
        for (int i = from; i < from + STRIPE_BYTES; i += SLICES) {
            int j = i + STRIPE_BYTES;
            first = step(first ^ (long) LONG.get(bytes, i), (long) LONG.get(bytes, i + Long.BYTES));
            second = step(second ^ (long) LONG.get(bytes, j), (long) LONG.get(bytes, j + Long.BYTES));
        }
        return multiply(first, AFTER_STRIPE) ^ second;
    }

    private static long step(long a, long b) {
        return TABLES[15 * 256 + ((int) a & 0xff)]
                ^ TABLES[14 * 256 + ((int) (a >>> 8) & 0xff)]
                ^ TABLES[13 * 256 + ((int) (a >>> 16) & 0xff)]
                ^ TABLES[12 * 256 + ((int) (a >>> 24) & 0xff)]
                ^ TABLES[11 * 256 + ((int) (a >>> 32) & 0xff)]
                ^ TABLES[10 * 256 + ((int) (a >>> 40) & 0xff)]
                ^ TABLES[9 * 256 + ((int) (a >>> 48) & 0xff)]
                ^ TABLES[8 * 256 + ((int) (a >>> 56) & 0xff)]
                ^ TABLES[7 * 256 + ((int) b & 0xff)]
                ^ TABLES[6 * 256 + ((int) (b >>> 8) & 0xff)]
                ^ TABLES[5 * 256 + ((int) (b >>> 16) & 0xff)]
                ^ TABLES[4 * 256 + ((int) (b >>> 24) & 0xff)]
                ^ TABLES[3 * 256 + ((int) (b >>> 32) & 0xff)]
                ^ TABLES[2 * 256 + ((int) (b >>> 40) & 0xff)]
                ^ TABLES[256 + ((int) (b >>> 48) & 0xff)]
                ^ TABLES[(int) (b >>> 56) & 0xff];
    }

    /// x to the power of the bits in so many bytes.
    private static long power(long bytes) {
        long power = ONE;
        long square = ONE >>> 8;
        for (long left = bytes; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                power = multiply(power, square);
            }
            square = multiply(square, square);
        }
        return power;
    }

    private static long multiply(long a, long b) {
        long product = 0;
        long shifted = b;
        for (long bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = timesX(shifted);
        }
        return product;
    }

    private static long timesX(long a) {
        return (a & 1) == 0 ? a >>> 1 : (a >>> 1) ^ POLYNOMIAL_REFLECTED;
    }

    private static long[] tables() {
        long[] tables = new long[SLICES * 256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = timesX(crc);
            }
            tables[value] = crc;
        }
        for (int i = 256; i < tables.length; i++) {
            long before = tables[i - 256];
            tables[i] = tables[(int) before & 0xff] ^ (before >>> 8);
        }
        return tables;
    }
}
