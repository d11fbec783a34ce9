package io.cachewright.runtime.codec;

import io.cachewright.domain.Problems;
import io.cachewright.runtime.Codec;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as [Codecs#json] says it. The schema is no part of the format: JSON names its properties.
final class JsonCodec<V> implements Codec<V> {

    private static final Format FORMAT = new Format(3, 0);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonCodec(Class<V> type) {
        Problems problems = new Problems("JSON of " + type.getSimpleName());
        MoneyCheck.check(type, problems);
        problems.throwIfAny();
        reader = MAPPER.readerFor(type);
        writer = MAPPER.writerFor(type);
    }

    @Override
    public byte[] encode(V value) {
        return writer.writeValueAsBytes(value);
    }

    @Override
    public V decode(byte[] bytes) {
        V value = reader.readValue(bytes);
        if (value == null) {
            throw new IllegalArgumentException("JSON null is no value");
        }
        return value;
    }

    @Override
    public Format format() {
        return FORMAT;
    }
}
