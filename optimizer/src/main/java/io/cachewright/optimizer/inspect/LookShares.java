package io.cachewright.optimizer.inspect;

/// How many keys of each family are looked at, when only some can be. Pure.
///
/*
 * Every family gets a few looks, or one a key where it has fewer; what is left is shared in proportion to the square
 * root of their sizes, between an equal share for each family, which is best for judging families, and one in proportion
 * to size, which is best for judging the whole.
 */
public final class LookShares {

    /// So many keys of a family tell its type, size and lifetime.
    private static final int LOOKS_PER_FAMILY = 20;

    private LookShares() {}

    /// How many looks each family of those sizes gets, together about `keysMax`.
    public static long[] of(long[] sizes, int keysMax) {
        long least = sizes.length == 0 ? 0 : Math.clamp(keysMax / (2L * sizes.length), 1, LOOKS_PER_FAMILY);
        long[] looks = new long[sizes.length];
        double left = keysMax;
        for (int i = 0; i < sizes.length; i++) {
            looks[i] = Math.min(sizes[i], least);
            left -= looks[i];
        }
        // Strata that are looked at whole give back what they cannot take; each turn fills at least one of them.
        for (int turn = 0; turn < sizes.length && left >= 1; turn++) {
            double roots = 0;
            for (int i = 0; i < sizes.length; i++) {
                roots += looks[i] < sizes[i] ? Math.sqrt((double) sizes[i]) : 0;
            }
            double shared = 0;
            boolean isFilled = false;
            for (int i = 0; i < sizes.length && roots > 0; i++) {
                if (looks[i] < sizes[i]) {
                    long more = Math.min(sizes[i] - looks[i], (long) (left * Math.sqrt((double) sizes[i]) / roots));
                    looks[i] += more;
                    shared += more;
                    isFilled |= looks[i] == sizes[i];
                }
            }
            left -= shared;
            if (!isFilled) {
                break;
            }
        }
        return looks;
    }
}
