package io.cachewright.snapshot.rdb;

/// LZF, the compression of long strings in RDB files.
final class Lzf {

    private static final int LITERAL_BELOW = 32;

    private Lzf() {}

    /// Decompresses until `wanted` bytes are written or the input ends; gives how many were written, or −1 when the
    /// input is damaged. A last literal run or copy is cut at `wanted`.
    static int decompress(byte[] in, int from, int to, byte[] out, int wanted) {
        int i = from;
        int o = 0;
        while (i < to && o < wanted) {
            int control = in[i++] & 0xff;
            if (control < LITERAL_BELOW) {
                int run = Math.min(control + 1, wanted - o);
                if (run > to - i) {
                    return -1;
                }
                System.arraycopy(in, i, out, o, run);
                i += control + 1;
                o += run;
            } else {
                int length = control >>> 5;
                if (length == 7) {
                    if (i >= to) {
                        return -1;
                    }
                    length += in[i++] & 0xff;
                }
                if (i >= to) {
                    return -1;
                }
                int source = o - ((control & 0x1f) << 8) - (in[i++] & 0xff) - 1;
                if (source < 0) {
                    return -1;
                }
                int end = Math.min(o + length + 2, wanted);
                // Byte by byte: the copy may overlap what it writes.
                while (o < end) {
                    out[o++] = out[source++];
                }
            }
        }
        return o;
    }
}
