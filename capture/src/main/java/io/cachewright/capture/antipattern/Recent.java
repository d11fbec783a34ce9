package io.cachewright.capture.antipattern;

import java.util.Comparator;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What is remembered of the keys or clients that were seen last: some 8,192 of them.
///
/*
 * A table of sets of eight, as processor caches have them: the hash tells the set, and in a full set the one seen longest
 * ago goes. There is room for twice as many as are to be kept, so that few sets are full before that. The hashes of a set lie
 * side by side, so that a key is fetched from memory only where it is most likely the one that is looked for.
 */
final class Recent<K, V> {

    static final int KEPT_MAX = 8_192;

    private static final int WAYS = 8;
    private static final int SETS = 2 * KEPT_MAX / WAYS;

    /// Of the keys, with the lowest bit set; 0 where there is none.
    private final int[] hashes = new int[SETS * WAYS];

    private final @Nullable Object[] keys = new Object[SETS * WAYS];
    private final @Nullable Object[] values = new Object[SETS * WAYS];

    /// By the clock below, when each was seen last; differences are right beyond its range, too.
    private final int[] seen = new int[SETS * WAYS];

    private int clock;

    @Nullable
    V get(K key) {
        int place = find(key, hash(key));
        if (place < 0) {
            return null;
        }
        seen[place] = ++clock;
        return value(place);
    }

    V getOrNew(K key, Supplier<V> fresh) {
        int hash = hash(key);
        int place = find(key, hash);
        if (place < 0) {
            place = put(key, hash, fresh.get());
        }
        seen[place] = ++clock;
        return value(place);
    }

    void put(K key, V value) {
        replace(key, value);
    }

    /// Puts and gives what was there before.
    @Nullable
    V replace(K key, V value) {
        int hash = hash(key);
        int place = find(key, hash);
        V before = null;
        if (place < 0) {
            place = put(key, hash, value);
        } else {
            before = value(place);
            values[place] = value;
        }
        seen[place] = ++clock;
        return before;
    }

    private int put(K key, int hash, V value) {
        int place = leastOf(set(hash));
        hashes[place] = hash;
        keys[place] = key;
        values[place] = value;
        return place;
    }

    @Nullable
    V remove(K key) {
        int place = find(key, hash(key));
        if (place < 0) {
            return null;
        }
        V known = value(place);
        hashes[place] = 0;
        keys[place] = null;
        values[place] = null;
        return known;
    }

    /// The one seen longest ago first.
    void forEach(BiConsumer<? super K, ? super V> action) {
        IntStream.range(0, keys.length)
                .filter(place -> hashes[place] != 0)
                .boxed()
                .sorted(Comparator.comparingInt(place -> seen[place] - clock))
                .forEach(place -> action.accept(key(place), value(place)));
    }

    private static int hash(Object key) {
        return key.hashCode() * 0x9E3779B9 | 1;
    }

    private static int set(int hash) {
        return (hash >>> 16 & (SETS - 1)) * WAYS;
    }

    private int find(K key, int hash) {
        int set = set(hash);
        for (int place = set; place < set + WAYS; place++) {
            if (hashes[place] == hash && key.equals(keys[place])) {
                return place;
            }
        }
        return -1;
    }

    private int leastOf(int set) {
        int least = set;
        for (int place = set; place < set + WAYS; place++) {
            if (hashes[place] == 0) {
                return place;
            }
            if (seen[place] - clock < seen[least] - clock) {
                least = place;
            }
        }
        return least;
    }

    /// Only [#put] writes here, a key and its value together.
    @SuppressWarnings({"unchecked", "NullAway"})
    private K key(int place) {
        return (K) keys[place];
    }

    /// See [#key].
    @SuppressWarnings({"unchecked", "NullAway"})
    private V value(int place) {
        return (V) values[place];
    }
}
