package io.cachewright.optimizer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cachewright.drawing.RecordSchema;
import io.cachewright.optimizer.report.Renderer.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(RecordSchema.of(
                                ReportView.class, "Cachewright report, format " + ReportView.FORMAT_VERSION))
                + "\n";
    }
}
