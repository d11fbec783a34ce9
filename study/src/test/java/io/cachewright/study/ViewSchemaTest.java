package io.cachewright.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cachewright.drawing.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The published schemas are what the records are; a change of one shows as a difference here.
class ViewSchemaTest {

    private static final Path PUBLISHED = Path.of("..", "docs", "reference");

    static List<View> views() {
        return SampleViews.all();
    }

    @ParameterizedTest
    @MethodSource("views")
    void thePublishedSchemaIsTheShapeOfTheView(View view) throws IOException {
        String generated = schema(view);
        Files.writeString(Path.of("target", fileName(view)), generated);
        assertThat(Files.readString(PUBLISHED.resolve(fileName(view))))
                .as("copy target/%s to docs/reference, and raise the format version if readers break", fileName(view))
                .isEqualTo(generated);
    }

    @ParameterizedTest
    @MethodSource("views")
    void aViewWithOneOfEverythingIsValid(View view) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(PUBLISHED.resolve(fileName(view))), InputFormat.JSON);
        String json = Rendering.json(view);
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(json.replace("\"source\"", "\"origin\""), InputFormat.JSON))
                .isNotEmpty();
    }

    static String schema(View view) {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(RecordSchema.of(view.getClass().asSubclass(Record.class), title(view)))
                + "\n";
    }

    static String fileName(View view) {
        return kind(view).replace(' ', '-') + ".schema.json";
    }

    private static String title(View view) {
        return "Cachewright " + kind(view) + ", format 1";
    }

    private static String kind(View view) {
        return switch (view) {
            case SnapshotView snapshot -> snapshot.kind();
            case CaptureView capture -> capture.kind();
            case TraceView trace -> trace.kind();
            case SizeView size -> size.kind();
            case SnapshotSizeView size -> size.kind();
        };
    }
}
