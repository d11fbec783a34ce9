package io.cachewright.snapshot.export;

import io.cachewright.snapshot.KeyRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// See [KeyExport#csv].
final class CsvExport implements KeyExport {

    private static final String NAMES =
            "database,name,family,type,encoding,elements,file_bytes,usage_bytes,allocated_bytes,expires_at,idle_seconds,frequency";

    private final Writer out;

    CsvExport(OutputStream stream) {
        this.out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
        line(NAMES);
    }

    @Override
    public void accept(KeyRow row) {
        line(String.join(
                ",",
                Integer.toString(row.database()),
                quoted(row.name()),
                quoted(row.family()),
                row.type().label(),
                row.encoding().label(),
                Long.toString(row.elements()),
                Long.toString(row.fileBytes()),
                Long.toString(row.usageBytes()),
                Long.toString(row.allocatedBytes()),
                row.expiresAt().map(Object::toString).orElse(""),
                row.idleSeconds().isPresent() ? Long.toString(row.idleSeconds().getAsLong()) : "",
                row.frequency().isPresent() ? Integer.toString(row.frequency().getAsInt()) : ""));
    }

    private static String quoted(String text) {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void line(String text) {
        try {
            out.write(text);
            out.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
