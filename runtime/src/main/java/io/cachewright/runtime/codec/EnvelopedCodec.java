package io.cachewright.runtime.codec;

import io.cachewright.runtime.Codec;
import io.cachewright.runtime.wire.Envelope;
import io.cachewright.runtime.wire.MalformedBytes;
import java.util.List;
import java.util.Optional;

/// Puts what another codec writes into an [Envelope].
record EnvelopedCodec<V>(Codec<V> codec) implements Codec<V> {

    @Override
    public byte[] encode(V value) {
        long version = codec.versionOf(value);
        return new Envelope(
                        codec.format().codec(),
                        codec.format().schema(),
                        version == NO_VERSION ? Optional.empty() : Optional.of(version),
                        Optional.empty(),
                        List.of(),
                        codec.encode(value))
                .toBytes();
    }

    @Override
    public V decode(byte[] bytes) {
        if (!Envelope.isEnvelope(bytes)) {
            return codec.decode(bytes);
        }
        Envelope envelope = Envelope.open(bytes);
        Format written = new Format(envelope.codec(), envelope.schema());
        byte[] payload = envelope.payload();
        if (payload == null || !codec.reads(written)) {
            throw new MalformedBytes("written as " + written + ", read as " + codec.format());
        }
        return codec.decode(payload);
    }

    @Override
    public long versionOf(V value) {
        return codec.versionOf(value);
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
