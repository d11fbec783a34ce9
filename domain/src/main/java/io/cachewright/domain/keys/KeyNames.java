package io.cachewright.domain.keys;

/// Names of keys as people read them.
public final class KeyNames {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private KeyNames() {}

    /// Printable ASCII as it is, every other byte as `\xNN`.
    public static String printable(byte[] name, int from, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = from; i < from + length; i++) {
            int b = name[i] & 0xff;
            if (b >= ' ' && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append("\\x").append(HEX[b >>> 4]).append(HEX[b & 0xf]);
            }
        }
        return text.toString();
    }
}
