package io.cachewright.runtime;

import java.util.function.ToLongFunction;

/// How values are written to and read from the server. Must be safe for use by many threads at once.
///
/// JSON, compact records and the envelope around them are in `io.cachewright.runtime.codec`.
public interface Codec<V> {

    /// For values that carry no version.
    long NO_VERSION = Long.MIN_VALUE;

    /// What an envelope says of the bytes in it.
    ///
    /// @param codec which codec wrote them: 0 unstated, 1 to 63 the runtime's own, 64 to 65,535 applications'
    /// @param schema a fingerprint of the shape of the values; 0 where the codec needs none
    record Format(int codec, int schema) {

        public static final Format UNSTATED = new Format(0, 0);
        public static final Format TEXT = new Format(1, 0);
        public static final Format RAW = new Format(2, 0);

        private static final int CODEC_MAX = 65_535;

        public Format {
            if (codec < 0 || codec > CODEC_MAX) {
                throw new IllegalArgumentException("codec must be 0 to " + CODEC_MAX + ", was " + codec);
            }
        }

        @Override
        public String toString() {
            return "codec " + codec + ", schema " + Integer.toHexString(schema);
        }
    }

    byte[] encode(V value);

    /// Reads a value; any exception means that the bytes are none, which counts as a miss.
    V decode(byte[] bytes);

    /// The version within `value`, increasing with each write; [#NO_VERSION] when it has none.
    default long versionOf(V value) {
        return NO_VERSION;
    }

    /// What [#encode] writes.
    default Format format() {
        return Format.UNSTATED;
    }

    /// Whether [#decode] may be tried on what was written as `written`.
    default boolean reads(Format written) {
        return written.equals(format());
    }

    /// The same, with the version that `version` finds in a value.
    default Codec<V> withVersion(ToLongFunction<V> version) {
        return new VersionedCodec<>(this, version);
    }

    /// Text in UTF-8; other bytes are refused.
    static Codec<String> utf8() {
        return new Utf8Codec();
    }

    /// The bytes as they are. They are shared with the near-cache: do not change what you read.
    static Codec<byte[]> raw() {
        return new Codec<>() {
            @Override
            public byte[] encode(byte[] value) {
                return value;
            }

            @Override
            public byte[] decode(byte[] bytes) {
                return bytes;
            }

            @Override
            public Format format() {
                return Format.RAW;
            }
        };
    }
}
