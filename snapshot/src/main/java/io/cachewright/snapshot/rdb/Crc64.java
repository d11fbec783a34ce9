package io.cachewright.snapshot.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The checksum of RDB files: CRC-64 with Jones' polynomial, reflected, starting at 0.
///
/*
 * Sixteen bytes a step ("slicing by 16"): sixteen tables tell what a byte does to the checksum after 0 to 15 further
 * bytes, so that the look-ups of one step do not wait for each other.
 */
public final class Crc64 {

    private static final long POLYNOMIAL_REFLECTED = 0x95AC9329AC4BC9B5L;
    private static final int SLICES = 16;
    private static final long[][] TABLES = tables();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Crc64() {}

    /// The checksum of what `crc` is the checksum of, followed by `bytes[from, to)`.
    public static long update(long crc, byte[] bytes, int from, int to) {
        long[][] t = TABLES;
        long[] t0 = t[0];
        int i = from;
        for (; i + SLICES <= to; i += SLICES) {
            long a = crc ^ (long) LONG.get(bytes, i);
            long b = (long) LONG.get(bytes, i + Long.BYTES);
            crc = t[15][(int) a & 0xff]
                    ^ t[14][(int) (a >>> 8) & 0xff]
                    ^ t[13][(int) (a >>> 16) & 0xff]
                    ^ t[12][(int) (a >>> 24) & 0xff]
                    ^ t[11][(int) (a >>> 32) & 0xff]
                    ^ t[10][(int) (a >>> 40) & 0xff]
                    ^ t[9][(int) (a >>> 48) & 0xff]
                    ^ t[8][(int) (a >>> 56)]
                    ^ t[7][(int) b & 0xff]
                    ^ t[6][(int) (b >>> 8) & 0xff]
                    ^ t[5][(int) (b >>> 16) & 0xff]
                    ^ t[4][(int) (b >>> 24) & 0xff]
                    ^ t[3][(int) (b >>> 32) & 0xff]
                    ^ t[2][(int) (b >>> 40) & 0xff]
                    ^ t[1][(int) (b >>> 48) & 0xff]
                    ^ t0[(int) (b >>> 56)];
        }
        for (; i < to; i++) {
            crc = t0[(int) (crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
        }
        return crc;
    }

    private static long[][] tables() {
        long[][] tables = new long[SLICES][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL_REFLECTED;
            }
            tables[0][value] = crc;
        }
        for (int slice = 1; slice < SLICES; slice++) {
            for (int value = 0; value < 256; value++) {
                long before = tables[slice - 1][value];
                tables[slice][value] = tables[0][(int) before & 0xff] ^ (before >>> 8);
            }
        }
        return tables;
    }
}
