package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Fields of hashes, each of which is kept near by itself.
record FieldSamples<V>(CacheClass policy, LinkClock clock, Codec<V> codec, FieldStore<V> store, FieldReads<V> reads)
        implements Samples<FieldSamples.Place, V> {

    record Place(String key, String field) {
        @Override
        public String toString() {
            return "field " + field + " of " + key;
        }
    }

    @Override
    public Iterator<Place> places() {
        return store.places();
    }

    @Override
    public @Nullable Entry<V> entry(Place place) {
        return store.peek(place.key, place.field);
    }

    @Override
    public @Nullable Sample<V> near(Place place) {
        Entry<V> entry = entry(place);
        return entry == null ? null : new Sample<>(entry, entry.value);
    }

    @Override
    public @Nullable V remote(Place place) {
        return reads.remoteValue(place.key, place.field);
    }
}
