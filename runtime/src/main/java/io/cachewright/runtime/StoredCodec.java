package io.cachewright.runtime;

import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.loading.EarlyRefresh;
import io.cachewright.runtime.wire.Envelope;
import io.cachewright.runtime.wire.Envelope.Stamp;
import io.cachewright.runtime.wire.MalformedBytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Values of a class with loading, in their envelope. Never fails: what cannot be read is a value that says so,
/// kept near like any other, so that poison is decoded once and not at each read.
final class StoredCodec<V> implements ArrivalCodec<Stored<V>> {

    private final Codec<V> codec;
    private final LoadLimits limits;
    private final EarlyRefresh early;
    private final Quarantine quarantine;

    StoredCodec(Codec<V> codec, LoadLimits limits, EarlyRefresh early, Quarantine quarantine) {
        this.codec = codec;
        this.limits = limits;
        this.early = early;
        this.quarantine = quarantine;
    }

    /// What was loaded in `loadNanos`, under `stamps`.
    byte[] encode(@Nullable V value, long loadNanos, List<Stamp> stamps) {
        long version = value == null ? NO_VERSION : codec.versionOf(value);
        return new Envelope(
                        codec.format().codec(),
                        codec.format().schema(),
                        version == NO_VERSION ? Optional.empty() : Optional.of(version),
                        Optional.of(new Envelope.Loaded(
                                TimeUnit.NANOSECONDS.toMicros(loadNanos),
                                limits.staleIfError().toMillis())),
                        stamps,
                        value == null ? null : codec.encode(value))
                .toBytes();
    }

    @Override
    public byte[] encode(Stored<V> value) {
        throw new UnsupportedOperationException("only what was loaded is written");
    }

    @Override
    public Stored<V> decode(String key, byte[] bytes, long ttlMillis, long issuedNanos) {
        boolean isForeign = false;
        try {
            if (!Envelope.isEnvelope(bytes)) {
                return readable(codec.decode(bytes), 0, 0, ttlMillis, issuedNanos, List.of(), bytes);
            }
            Envelope envelope = Envelope.open(bytes);
            Format written = new Format(envelope.codec(), envelope.schema());
            isForeign = envelope.payload() != null && !codec.reads(written);
            if (isForeign) {
                throw new MalformedBytes("written as " + written + ", read as " + codec.format());
            }
            return opened(envelope, ttlMillis, issuedNanos, bytes);
        } catch (RuntimeException | StackOverflowError e) {
            quarantine.add(key, bytes, e);
            return Stored.unreadable(bytes, issuedNanos, isForeign);
        }
    }

    private Stored<V> opened(Envelope envelope, long ttlMillis, long issuedNanos, byte[] bytes) {
        byte[] payload = envelope.payload();
        long loadNanos = envelope.loaded()
                .map(loaded -> TimeUnit.MICROSECONDS.toNanos(loaded.loadMicros()))
                .orElse(0L);
        long graceMillis = envelope.loaded().map(Envelope.Loaded::graceMillis).orElse(0L);
        // Under the name of the key that says what they are now, so that hits need not make it.
        List<Stamp> stamps = envelope.stamps().stream()
                .map(stamp -> new Stamp(Generations.keyOf(stamp.tag()), stamp.generation()))
                .toList();
        return readable(
                payload == null ? null : codec.decode(payload),
                loadNanos,
                graceMillis,
                ttlMillis,
                issuedNanos,
                stamps,
                bytes);
    }

    private Stored<V> readable(
            @Nullable V value,
            long loadNanos,
            long graceMillis,
            long ttlMillis,
            long issuedNanos,
            List<Stamp> stamps,
            byte[] bytes) {
        long expires = issuedNanos
                + (ttlMillis == RemoteRead.NO_TTL
                        ? Stored.NEVER_NANOS
                        : TimeUnit.MILLISECONDS.toNanos(ttlMillis - graceMillis));
        return Stored.readable(value, loadNanos, expires, expires - early.quietAboveNanos(loadNanos), stamps, bytes);
    }

    @Override
    public long versionOf(Stored<V> stored) {
        return stored.value == null ? NO_VERSION : codec.versionOf(stored.value);
    }
}
