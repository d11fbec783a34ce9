package io.cachewright.domain;

import java.nio.charset.StandardCharsets;

/// The cluster slot of a key: CRC16 (XMODEM) of its hash tag, or of the whole key, modulo 16,384.
/// Source: the Redis cluster specification, "Key distribution model" and "Hash tags".
public final class HashSlot {

    public static final int COUNT = 16_384;

    private static final int POLYNOMIAL = 0x1021;
    private static final char[] TABLE = table();

    private HashSlot() {}

    /// The slot of `key`, 0 to 16,383. Only what stands between the first `{` and the next `}` counts, if not empty.
    public static int of(String key) {
        return of(key.getBytes(StandardCharsets.UTF_8));
    }

    /// The slot of a key given as bytes.
    public static int of(byte[] key) {
        int start = 0;
        int end = key.length;
        int open = indexOf(key, '{', 0);
        if (open >= 0) {
            int close = indexOf(key, '}', open + 1);
            if (close > open + 1) {
                start = open + 1;
                end = close;
            }
        }
        int crc = 0;
        for (int i = start; i < end; i++) {
            crc = ((crc << 8) & 0xFFFF) ^ TABLE[((crc >>> 8) ^ key[i]) & 0xFF];
        }
        return crc & (COUNT - 1);
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static char[] table() {
        char[] table = new char[256];
        for (int i = 0; i < 256; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            table[i] = (char) (crc & 0xFFFF);
        }
        return table;
    }
}
