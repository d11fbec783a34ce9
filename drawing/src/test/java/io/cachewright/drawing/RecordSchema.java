package io.cachewright.drawing;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The JSON schema of a record, as nested maps: published schemas are tested to be what the records are.
public final class RecordSchema {

    private final Map<String, Object> definitions = new TreeMap<>();

    private RecordSchema() {}

    /// @param title of the schema
    public static Map<String, Object> of(Class<? extends Record> type, String title) {
        RecordSchema schema = new RecordSchema();
        schema.define(type);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", title);
        root.put("$ref", "#/$defs/" + type.getSimpleName());
        root.put("$defs", schema.definitions);
        return root;
    }

    private void define(Class<?> type) {
        if (definitions.containsKey(type.getSimpleName())) {
            return;
        }
        Map<String, Object> definition = new LinkedHashMap<>();
        definitions.put(type.getSimpleName(), definition);
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : Objects.requireNonNull(type.getRecordComponents())) {
            Map<String, Object> property = property(component.getGenericType());
            boolean isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            properties.put(
                    component.getName(),
                    isNullable ? Map.of("anyOf", List.of(property, Map.of("type", "null"))) : property);
            required.add(component.getName());
        }
        definition.put("type", "object");
        definition.put("properties", properties);
        definition.put("required", required);
        definition.put("additionalProperties", false);
    }

    private Map<String, Object> property(Type type) {
        return switch (type) {
            case ParameterizedType list -> {
                Map<String, Object> array = new LinkedHashMap<>();
                array.put("type", "array");
                array.put("items", property(list.getActualTypeArguments()[0]));
                yield array;
            }
            case Class<?> scalar when scalar == String.class -> Map.of("type", "string");
            case Class<?> scalar when scalar == boolean.class -> Map.of("type", "boolean");
            case Class<?> scalar when scalar == Instant.class -> ordered("type", "string", "format", "date-time");
            case Class<?> scalar
            when scalar == int.class || scalar == long.class || scalar == Integer.class || scalar == Long.class ->
                Map.of("type", "integer");
            case Class<?> scalar
            when scalar == double.class || scalar == Double.class || scalar == BigDecimal.class ->
                Map.of("type", "number");
            case Class<?> constants
            when constants.isEnum() ->
                ordered(
                        "type",
                        "string",
                        "enum",
                        Arrays.stream(Objects.requireNonNull(constants.getEnumConstants()))
                                .map(String::valueOf)
                                .toList());
            case Class<?> nested -> {
                define(nested);
                yield Map.of("$ref", "#/$defs/" + nested.getSimpleName());
            }
            default -> throw new IllegalStateException("no schema for " + type);
        };
    }

    private static Map<String, Object> ordered(String key, Object value, String nextKey, Object nextValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(nextKey, nextValue);
        return map;
    }
}
