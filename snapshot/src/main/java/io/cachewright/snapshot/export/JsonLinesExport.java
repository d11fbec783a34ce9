package io.cachewright.snapshot.export;

import io.cachewright.snapshot.KeyRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// See [KeyExport#jsonLines].
final class JsonLinesExport implements KeyExport {

    private final OutputStream stream;
    private final JsonFactory factory = new JsonFactory();

    JsonLinesExport(OutputStream out) {
        this.stream = new BufferedOutputStream(out, 1 << 16);
    }

    @Override
    public void accept(KeyRow row) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeNumberProperty("database", row.database());
            json.writeStringProperty("name", row.name());
            json.writeStringProperty("family", row.family());
            json.writeStringProperty("type", row.type().label());
            json.writeStringProperty("encoding", row.encoding().label());
            json.writeNumberProperty("elements", row.elements());
            json.writeNumberProperty("file_bytes", row.fileBytes());
            json.writeNumberProperty("usage_bytes", row.usageBytes());
            json.writeNumberProperty("allocated_bytes", row.allocatedBytes());
            row.expiresAt().ifPresent(at -> json.writeStringProperty("expires_at", at.toString()));
            row.idleSeconds().ifPresent(seconds -> json.writeNumberProperty("idle_seconds", seconds));
            row.frequency().ifPresent(frequency -> json.writeNumberProperty("frequency", frequency));
            json.writeEndObject();
        }
        try {
            stream.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
