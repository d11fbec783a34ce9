package io.cachewright.runtime;

import java.util.function.ToLongFunction;

/// Finds versions in values that another codec reads and writes.
record VersionedCodec<V>(Codec<V> codec, ToLongFunction<V> version) implements Codec<V> {

    @Override
    public byte[] encode(V value) {
        return codec.encode(value);
    }

    @Override
    public V decode(byte[] bytes) {
        return codec.decode(bytes);
    }

    @Override
    public long versionOf(V value) {
        return version.applyAsLong(value);
    }

    @Override
    public Format format() {
        return codec.format();
    }

    @Override
    public boolean reads(Format written) {
        return codec.reads(written);
    }
}
