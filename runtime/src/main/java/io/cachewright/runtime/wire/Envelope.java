package io.cachewright.runtime.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A value as it lies in the server, with what must be known about it before and beside decoding it.
///
/* Layout, whole numbers as varints:
 *
 *   0xCA 0x57       mark: no text in UTF-8 begins so, hence no JSON and no number either
 *   1 byte          wire version, 1
 *   1 byte          flags: 1 has a value, 2 has a version, 4 was loaded, 8 is stamped; all others zero
 *   varint          codec
 *   4 bytes         fingerprint of the schema
 *   [signed]        version of the value
 *   [varint varint] how long its load took in microseconds, and how long before the end of its time to live in the
 *                   server it counts as expired in milliseconds
 *   [count (text, 8 bytes)…]  generations under which it was built
 *   rest            what the codec wrote
 *   4 bytes         CRC32C of all before: a flipped bit in a price is a miss and not another price
 *
 * Times are durations, never instants: the clocks of two machines are never compared.
 *
 * @param payload what the codec wrote; null says that the source has no value for this key
 */
// Nobody compares envelopes; a copy of the bytes at each step would be all that wrapping them brings.
@SuppressWarnings("ArrayRecordComponent")
public record Envelope(
        int codec,
        int schema,
        Optional<Long> version,
        Optional<Loaded> loaded,
        List<Stamp> stamps,
        byte @Nullable [] payload) {

    /// How a value came from its source.
    ///
    /// @param loadMicros what that took
    /// @param graceMillis how long before the end of its time to live in the server it counts as expired:
    ///     meanwhile it may still be served while its source is slow or fails
    public record Loaded(long loadMicros, long graceMillis) {
        public Loaded {
            if (loadMicros < 0 || graceMillis < 0) {
                throw new IllegalArgumentException("loadMicros and graceMillis must not be negative");
            }
        }
    }

    /// A tag and its generation when the value was built: once the tag has another generation, the value is void.
    public record Stamp(String tag, long generation) {}

    private static final byte MARK_0 = (byte) 0xCA;
    private static final byte MARK_1 = 0x57;
    private static final byte WIRE_VERSION = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int BYTES_MIN = 4 + 1 + Integer.BYTES + CHECKSUM_BYTES;

    private static final int HAS_VALUE = 1;
    private static final int HAS_VERSION = 2;
    private static final int WAS_LOADED = 4;
    private static final int IS_STAMPED = 8;
    private static final int FLAGS = HAS_VALUE | HAS_VERSION | WAS_LOADED | IS_STAMPED;

    /// More tags than this on one value are somebody's mistake.
    public static final int STAMPS_MAX = 64;

    // In full, since a compact constructor loses the annotation of the array for those who compile against it.
    public Envelope(
            int codec,
            int schema,
            Optional<Long> version,
            Optional<Loaded> loaded,
            List<Stamp> stamps,
            byte @Nullable [] payload) {
        if (stamps.size() > STAMPS_MAX) {
            throw new IllegalArgumentException("at most " + STAMPS_MAX + " tags on one value, were " + stamps.size());
        }
        this.codec = codec;
        this.schema = schema;
        this.version = version;
        this.loaded = loaded;
        this.stamps = List.copyOf(stamps);
        this.payload = payload;
    }

    public byte[] toBytes() {
        ByteSink sink = new ByteSink();
        sink.putByte(MARK_0);
        sink.putByte(MARK_1);
        sink.putByte(WIRE_VERSION);
        sink.putByte((payload == null ? 0 : HAS_VALUE)
                | (version.isPresent() ? HAS_VERSION : 0)
                | (loaded.isPresent() ? WAS_LOADED : 0)
                | (stamps.isEmpty() ? 0 : IS_STAMPED));
        sink.putUnsigned(codec);
        sink.putInt32(schema);
        version.ifPresent(sink::putSigned);
        loaded.ifPresent(facts -> {
            sink.putUnsigned(facts.loadMicros);
            sink.putUnsigned(facts.graceMillis);
        });
        if (!stamps.isEmpty()) {
            sink.putUnsigned(stamps.size());
            for (Stamp stamp : stamps) {
                sink.putText(stamp.tag);
                sink.putInt64(stamp.generation);
            }
        }
        if (payload != null) {
            sink.putBytes(payload);
        }
        byte[] body = sink.toBytes();
        sink.putInt32(checksum(body, body.length));
        return sink.toBytes();
    }

    /// Whether `bytes` claim to be an envelope; anything else was written without one, by whatever client.
    public static boolean isEnvelope(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == MARK_0 && bytes[1] == MARK_1;
    }

    /// @throws MalformedBytes when they are no envelope of a version that is known here
    public static Envelope open(byte[] bytes) {
        if (!isEnvelope(bytes) || bytes.length < BYTES_MIN) {
            throw new MalformedBytes("no envelope");
        }
        if (bytes[2] != WIRE_VERSION) {
            throw new MalformedBytes("an envelope of wire version " + (bytes[2] & 0xFF) + "; known is " + WIRE_VERSION);
        }
        int bodyEnd = bytes.length - CHECKSUM_BYTES;
        if (new ByteSource(bytes, bodyEnd, bytes.length).takeInt32() != checksum(bytes, bodyEnd)) {
            throw new MalformedBytes("the checksum is wrong");
        }
        ByteSource source = new ByteSource(bytes, 3, bodyEnd);
        int flags = source.takeByte();
        if ((flags & ~FLAGS) != 0) {
            throw new MalformedBytes("unknown flags " + Integer.toHexString(flags & 0xFF));
        }
        int codec = (int) source.takeUnsigned();
        int schema = source.takeInt32();
        Optional<Long> version = (flags & HAS_VERSION) == 0 ? Optional.empty() : Optional.of(source.takeSigned());
        Optional<Loaded> loaded = (flags & WAS_LOADED) == 0 ? Optional.empty() : Optional.of(loaded(source));
        List<Stamp> stamps = (flags & IS_STAMPED) == 0 ? List.of() : stamps(source);
        byte[] rest = source.takeBytes(source.remaining());
        if ((flags & HAS_VALUE) == 0 && rest.length > 0) {
            throw new MalformedBytes("a value where there should be none");
        }
        return new Envelope(codec, schema, version, loaded, stamps, (flags & HAS_VALUE) == 0 ? null : rest);
    }

    private static Loaded loaded(ByteSource source) {
        long loadMicros = source.takeUnsigned();
        long graceMillis = source.takeUnsigned();
        if (loadMicros < 0 || graceMillis < 0) {
            throw new MalformedBytes("a duration below zero");
        }
        return new Loaded(loadMicros, graceMillis);
    }

    private static List<Stamp> stamps(ByteSource source) {
        int count = source.takeLength();
        if (count > STAMPS_MAX) {
            throw new MalformedBytes(count + " tags");
        }
        List<Stamp> stamps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            stamps.add(new Stamp(source.takeText(), source.takeInt64()));
        }
        return stamps;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
