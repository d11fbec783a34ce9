package io.cachewright.optimizer.report;

import io.cachewright.domain.InvalidInput;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The view as JSON, and back.
public final class JsonReport {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private JsonReport() {}

    static String write(ReportView view) {
        return MAPPER.writeValueAsString(view) + "\n";
    }

    /// Reads a report that [Renderer] wrote.
    ///
    /// @param source names the input for people
    /// @throws InvalidInput when it is no report, is cut short, or comes from a newer version
    public static ReportView read(String json, String source) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            int version = tree.path("formatVersion").asInt(0);
            if (version < 1) {
                throw new InvalidInput(source, List.of("is no Cachewright report"));
            }
            if (version > ReportView.FORMAT_VERSION) {
                throw new InvalidInput(
                        source,
                        List.of("was written by a newer Cachewright (format " + version + ", this one reads up to "
                                + ReportView.FORMAT_VERSION + ")"));
            }
            return MAPPER.treeToValue(tree, ReportView.class);
        } catch (JacksonException e) {
            throw new InvalidInput(source, List.of("is no complete Cachewright report: " + e.getOriginalMessage()));
        }
    }
}
