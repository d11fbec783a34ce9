package io.cachewright.optimizer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cachewright.optimizer.report.Renderer.Format;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The published schema is what the records are; a change of one shows as a difference here.
class ReportSchemaTest {

    private static final Path PUBLISHED = Path.of("..", "docs", "reference", "report.schema.json");

    @Test
    void thePublishedSchemaIsTheShapeOfTheView() throws IOException {
        String generated = schema();
        Files.writeString(Path.of("target", "report.schema.json"), generated);
        assertThat(Files.readString(PUBLISHED))
                .as("copy target/report.schema.json over %s, and raise the format version if readers break", PUBLISHED)
                .isEqualTo(generated);
    }

    @Test
    void aReportWithOneOfEverythingIsValid() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(PUBLISHED), InputFormat.JSON);
        String report = Renderer.render(SampleReport.withOneOfEverything(), Format.JSON, false);
        assertThat(schema.validate(report, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(report.replace("\"target\"", "\"aim\""), InputFormat.JSON))
                .isNotEmpty();
    }

    private static String schema() {
        Map<String, Object> definitions = new TreeMap<>();
        define(ReportView.class, definitions);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Cachewright report, format " + ReportView.FORMAT_VERSION);
        root.put("$ref", "#/$defs/ReportView");
        root.put("$defs", definitions);
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(root)
                + "\n";
    }

    private static void define(Class<?> type, Map<String, Object> definitions) {
        if (definitions.containsKey(type.getSimpleName())) {
            return;
        }
        Map<String, Object> definition = new LinkedHashMap<>();
        definitions.put(type.getSimpleName(), definition);
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : Objects.requireNonNull(type.getRecordComponents())) {
            Map<String, Object> property = property(component.getGenericType(), definitions);
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

    private static Map<String, Object> property(Type type, Map<String, Object> definitions) {
        return switch (type) {
            case ParameterizedType list -> {
                Map<String, Object> array = new LinkedHashMap<>();
                array.put("type", "array");
                array.put("items", property(list.getActualTypeArguments()[0], definitions));
                yield array;
            }
            case Class<?> scalar when scalar == String.class -> Map.of("type", "string");
            case Class<?> scalar when scalar == Instant.class -> ordered("type", "string", "format", "date-time");
            case Class<?> scalar
            when scalar == int.class || scalar == long.class || scalar == Integer.class || scalar == Long.class ->
                Map.of("type", "integer");
            case Class<?> scalar when scalar == double.class || scalar == Double.class -> Map.of("type", "number");
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
                define(nested, definitions);
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
