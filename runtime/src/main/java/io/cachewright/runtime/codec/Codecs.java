package io.cachewright.runtime.codec;

import io.cachewright.runtime.Codec;

/// The codecs beyond text and raw bytes.
public final class Codecs {

    private Codecs() {}

    /// Records in few bytes: components one after another, whole numbers as varints, decimals as unscaled number
    /// and scale, texts in UTF-8. Reads only what was written with the same components in the same order.
    ///
    /// Components may be `boolean`, `byte`, `short`, `char`, `int`, `long`, `String`, `BigDecimal`,
    /// [io.cachewright.domain.ScaledDecimal], `Instant`, `Duration`, `LocalDate`, `UUID`, `byte[]`, enums,
    /// records, and `List` of these. References may be null, elements of lists not.
    ///
    /// @throws io.cachewright.domain.InvalidInput with every component that it cannot write; a `double` or
    ///     `float` is refused unless marked [NotMoney]
    public static <R extends Record> Codec<R> records(Class<R> type) {
        return new RecordCodec<>(type);
    }

    /// JSON by Jackson 3, which the application must have on its class path. Decimals are read and written
    /// exactly; unknown properties are skipped and missing ones are an error, so that a property may be added
    /// first and used later.
    ///
    /// @throws io.cachewright.domain.InvalidInput with every `double` or `float` in the type that is not
    ///     [NotMoney]
    /// @throws IllegalStateException when Jackson 3 is missing
    public static <V> Codec<V> json(Class<V> type) {
        try {
            return new JsonCodec<>(type);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "JSON needs Jackson 3 on the class path: add tools.jackson.core:jackson-databind", e);
        }
    }

    /// `codec` within an envelope that carries wire version, codec, schema fingerprint, the value's version and a
    /// checksum. What another codec or another schema wrote is then a miss by its name and not by luck. Plain
    /// values, as clients in other languages write them, are read as `codec` reads them.
    public static <V> Codec<V> enveloped(Codec<V> codec) {
        return new EnvelopedCodec<>(codec);
    }
}
