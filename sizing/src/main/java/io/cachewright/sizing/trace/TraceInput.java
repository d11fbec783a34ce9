package io.cachewright.sizing.trace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/// Opens trace files, compressed or not, by how their names end.
final class TraceInput {

    private static final int BUFFER_BYTES = 1 << 16;

    /// What one xz stream may need to be read; a crafted header may ask for gigabytes.
    private static final int XZ_MEMORY_KIB_MAX = 256 << 10;

    private TraceInput() {}

    static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            String name = file.getFileName().toString();
            InputStream plain = name.endsWith(".gz")
                    ? new GZIPInputStream(raw, BUFFER_BYTES)
                    : name.endsWith(".xz")
                            ? new XZInputStream(new BufferedInputStream(raw, BUFFER_BYTES), XZ_MEMORY_KIB_MAX)
                            : raw;
            return new BufferedInputStream(plain, BUFFER_BYTES);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }
}
