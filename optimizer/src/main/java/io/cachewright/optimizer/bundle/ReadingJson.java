package io.cachewright.optimizer.bundle;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// How a [Reading] looks in JSON: `{"value": …}` or `{"unavailable": {"cause": …, "reason": …}}`.
final class ReadingJson {

    private ReadingJson() {}

    static SimpleModule module() {
        return new SimpleModule("reading").addSerializer(new Writer()).addDeserializer(Reading.class, new Reader(null));
    }

    /// The content of `unavailable`.
    private record Why(Cause cause, String reason) {}

    private static final class Writer extends StdSerializer<Reading<?>> {

        Writer() {
            super(Reading.class);
        }

        @Override
        public void serialize(Reading<?> reading, JsonGenerator out, SerializationContext context) {
            out.writeStartObject();
            switch (reading) {
                case Reading.Known<?>(Object value) -> {
                    out.writeName("value");
                    out.writePOJO(value);
                }
                case Reading.Unavailable<?>(Cause cause, String reason) -> {
                    out.writeName("unavailable");
                    out.writePOJO(new Why(cause, reason));
                }
            }
            out.writeEndObject();
        }
    }

    private static final class Reader extends StdDeserializer<Reading<?>> {

        private final @Nullable ValueDeserializer<Object> valueReader;

        Reader(@Nullable ValueDeserializer<Object> valueReader) {
            super(Reading.class);
            this.valueReader = valueReader;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            JavaType type = property == null ? context.getContextualType() : property.getType();
            return new Reader(context.findContextualValueDeserializer(type.containedTypeOrUnknown(0), property));
        }

        @Override
        public Reading<?> deserialize(JsonParser in, DeserializationContext context) {
            if (!in.isExpectedStartObjectToken()) {
                throw wrong(in, "a reading is an object");
            }
            String name = String.valueOf(in.nextName());
            in.nextToken();
            Reading<?> reading = switch (name) {
                case "value" -> Reading.known(value(in, context));
                case "unavailable" -> {
                    Why why = context.readValue(in, Why.class);
                    yield Reading.unavailable(why.cause(), why.reason());
                }
                default -> throw wrong(in, "a reading has a value or is unavailable");
            };
            if (in.nextToken() != JsonToken.END_OBJECT) {
                throw wrong(in, "a reading has one entry");
            }
            return reading;
        }

        private Object value(JsonParser in, DeserializationContext context) {
            if (valueReader == null) {
                throw wrong(in, "a reading of an unknown type");
            }
            // An absent Optional is written as null.
            Object value = in.currentToken() == JsonToken.VALUE_NULL
                    ? valueReader.getNullValue(context)
                    : valueReader.deserialize(in, context);
            if (value == null) {
                throw wrong(in, "a known reading has a value");
            }
            return value;
        }

        private static MismatchedInputException wrong(JsonParser in, String clause) {
            return MismatchedInputException.from(in, Reading.class, clause);
        }
    }
}
