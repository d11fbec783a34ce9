package io.cachewright.snapshot.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The checksum of RDB files: CRC-64 with Jones' polynomial, reflected, starting at 0.
///
/*
 * Eight bytes a step ("slicing by 8"): eight tables tell what a byte does to the checksum after 0 to 7 further bytes, so
 * that the look-ups of one step do not wait for each other. Steps do, so that four stripes are computed side by side and
 * joined: a checksum is a polynomial modulo the generator, and what follows it multiplies it by a power of x. In reflected
 * form bit 63 stands for x^0. Short runs of the JVM stay with its first compiler, which wants local names for the tables.
 */
public final class Crc64 {

    private static final long POLYNOMIAL_REFLECTED = 0x95AC9329AC4BC9B5L;
    private static final long ONE = 1L << 63;
    private static final int STRIPE_BYTES = 1 << 14;
    private static final int STRIPES = 4;
    private static final long[] T0 = table(new long[0]);
    private static final long[] T1 = table(T0);
    private static final long[] T2 = table(T1);
    private static final long[] T3 = table(T2);
    private static final long[] T4 = table(T3);
    private static final long[] T5 = table(T4);
    private static final long[] T6 = table(T5);
    private static final long[] T7 = table(T6);
    private static final long AFTER_STRIPE = power(STRIPE_BYTES);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Crc64() {}

    /// The checksum of what `crc` is the checksum of, followed by `bytes[from, to)`.
    public static long update(long crc, byte[] bytes, int from, int to) {
        long state = crc;
        int i = from;
        while (to - i >= STRIPES * STRIPE_BYTES) {
            state = fourStripes(state, bytes, i);
            i += STRIPES * STRIPE_BYTES;
        }
        for (; to - i >= Long.BYTES; i += Long.BYTES) {
            state = step(state ^ (long) LONG.get(bytes, i));
        }
        for (; i < to; i++) {
            state = T0[(int) (state ^ bytes[i]) & 0xff] ^ (state >>> 8);
        }
        return state;
    }

    private static long step(long a) {
        int low = (int) a;
        int high = (int) (a >>> 32);
        return T7[low & 0xff]
                ^ T6[(low >>> 8) & 0xff]
                ^ T5[(low >>> 16) & 0xff]
                ^ T4[low >>> 24]
                ^ T3[high & 0xff]
                ^ T2[(high >>> 8) & 0xff]
                ^ T1[(high >>> 16) & 0xff]
                ^ T0[high >>> 24];
    }

    /// The checksum of two pieces together, of which the second is `bytes` long.
    public static long join(long first, long second, long bytes) {
        return multiply(first, power(bytes)) ^ second;
    }

    private static long fourStripes(long crc, byte[] bytes, int from) {
        long[] t0 = T0;
        long[] t1 = T1;
        long[] t2 = T2;
        long[] t3 = T3;
        long[] t4 = T4;
        long[] t5 = T5;
        long[] t6 = T6;
        long[] t7 = T7;
        long a = crc;
        long b = 0;
        long c = 0;
        long d = 0;
        for (int i = from; i < from + STRIPE_BYTES; i += Long.BYTES) {
            a ^= (long) LONG.get(bytes, i);
            b ^= (long) LONG.get(bytes, i + STRIPE_BYTES);
            c ^= (long) LONG.get(bytes, i + 2 * STRIPE_BYTES);
            d ^= (long) LONG.get(bytes, i + 3 * STRIPE_BYTES);
            int aLow = (int) a;
            int aHigh = (int) (a >>> 32);
            a = t7[aLow & 0xff]
                    ^ t6[(aLow >>> 8) & 0xff]
                    ^ t5[(aLow >>> 16) & 0xff]
                    ^ t4[aLow >>> 24]
                    ^ t3[aHigh & 0xff]
                    ^ t2[(aHigh >>> 8) & 0xff]
                    ^ t1[(aHigh >>> 16) & 0xff]
                    ^ t0[aHigh >>> 24];
            int bLow = (int) b;
            int bHigh = (int) (b >>> 32);
            b = t7[bLow & 0xff]
                    ^ t6[(bLow >>> 8) & 0xff]
                    ^ t5[(bLow >>> 16) & 0xff]
                    ^ t4[bLow >>> 24]
                    ^ t3[bHigh & 0xff]
                    ^ t2[(bHigh >>> 8) & 0xff]
                    ^ t1[(bHigh >>> 16) & 0xff]
                    ^ t0[bHigh >>> 24];
            int cLow = (int) c;
            int cHigh = (int) (c >>> 32);
            c = t7[cLow & 0xff]
                    ^ t6[(cLow >>> 8) & 0xff]
                    ^ t5[(cLow >>> 16) & 0xff]
                    ^ t4[cLow >>> 24]
                    ^ t3[cHigh & 0xff]
                    ^ t2[(cHigh >>> 8) & 0xff]
                    ^ t1[(cHigh >>> 16) & 0xff]
                    ^ t0[cHigh >>> 24];
            int dLow = (int) d;
            int dHigh = (int) (d >>> 32);
            d = t7[dLow & 0xff]
                    ^ t6[(dLow >>> 8) & 0xff]
                    ^ t5[(dLow >>> 16) & 0xff]
                    ^ t4[dLow >>> 24]
                    ^ t3[dHigh & 0xff]
                    ^ t2[(dHigh >>> 8) & 0xff]
                    ^ t1[(dHigh >>> 16) & 0xff]
                    ^ t0[dHigh >>> 24];
        }
        long ab = multiply(a, AFTER_STRIPE) ^ b;
        long abc = multiply(ab, AFTER_STRIPE) ^ c;
        return multiply(abc, AFTER_STRIPE) ^ d;
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

    /// What a byte does to the checksum; or, after the table `before`, what it does one byte later.
    private static long[] table(long[] before) {
        long[] table = new long[256];
        for (int value = 0; value < table.length; value++) {
            if (before.length == 0) {
                long crc = value;
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    crc = timesX(crc);
                }
                table[value] = crc;
            } else {
                table[value] = T0[(int) before[value] & 0xff] ^ (before[value] >>> 8);
            }
        }
        return table;
    }
}
