package io.cachewright.study;

import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Writes a record as a JSON document: a component is a property, a time is ISO 8601.
///
/// It is what Jackson's object mapper would write. That one takes longer to get ready than a snapshot of a
/// gigabyte takes to be reported in the end, as it learns all of a type before it writes the first property.
final class RecordJson {

    private static final ObjectWriteContext INDENTED = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    };

    private final JsonGenerator json;

    private RecordJson(JsonGenerator json) {
        this.json = json;
    }

    static String write(Record view) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(INDENTED, text)) {
            new RecordJson(json).object(view);
        }
        return text.toString();
    }

    private void object(Record of) {
        json.writeStartObject(of);
        for (RecordComponent component : of.getClass().getRecordComponents()) {
            json.writeName(component.getName());
            value(valueOf(component, of));
        }
        json.writeEndObject();
    }

    private static @Nullable Object valueOf(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(of.getClass() + " cannot be read", e);
        }
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case Boolean isSo -> json.writeBoolean(isSo);
            case Instant at -> json.writeString(at.toString());
            case Record part -> object(part);
            case List<?> parts -> {
                json.writeStartArray(parts, parts.size());
                parts.forEach(this::value);
                json.writeEndArray();
            }
            default -> throw new IllegalArgumentException("views have no " + value.getClass());
        }
    }
}
