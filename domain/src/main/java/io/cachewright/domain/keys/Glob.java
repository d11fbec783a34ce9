package io.cachewright.domain.keys;

/// The patterns of `SCAN … MATCH`: `*`, `?`, `[abc]`, `[^a-z]`, and `\` before a byte that stands for itself.
final class Glob {

    private Glob() {}

    /// Whether the whole of `text[from, to)` matches. Time is at most the product of both lengths: of several `*` only
    /// the last needs to be tried again.
    static boolean matches(byte[] glob, byte[] text, int from, int to) {
        int g = 0;
        int t = from;
        int starAt = -1;
        int starText = 0;
        while (t < to) {
            int next = g < glob.length && glob[g] != '*' ? one(glob, g, text[t]) : -1;
            if (next >= 0) {
                g = next;
                t++;
            } else if (g < glob.length && glob[g] == '*') {
                starAt = g++;
                starText = t;
            } else if (starAt >= 0) {
                g = starAt + 1;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (g < glob.length && glob[g] == '*') {
            g++;
        }
        return g == glob.length;
    }

    /// Where the pattern goes on when its element at `g` takes this byte; −1 when it does not.
    private static int one(byte[] glob, int g, byte b) {
        return switch (glob[g]) {
            case '?' -> g + 1;
            case '[' -> set(glob, g + 1, b);
            case '\\' -> {
                int escaped = g + 1 < glob.length ? g + 1 : g;
                yield glob[escaped] == b ? escaped + 1 : -1;
            }
            default -> glob[g] == b ? g + 1 : -1;
        };
    }

    private static int set(byte[] glob, int from, byte b) {
        int g = from;
        boolean not = g < glob.length && glob[g] == '^';
        if (not) {
            g++;
        }
        boolean in = false;
        while (g < glob.length && glob[g] != ']') {
            if (glob[g] == '\\' && g + 1 < glob.length) {
                in |= glob[g + 1] == b;
                g += 2;
            } else if (g + 2 < glob.length && glob[g + 1] == '-') {
                int one = glob[g] & 0xff;
                int other = glob[g + 2] & 0xff;
                int value = b & 0xff;
                in |= value >= Math.min(one, other) && value <= Math.max(one, other);
                g += 3;
            } else {
                in |= glob[g] == b;
                g++;
            }
        }
        return in == not ? -1 : Math.min(g + 1, glob.length);
    }
}
