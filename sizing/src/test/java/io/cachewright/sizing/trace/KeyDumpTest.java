package io.cachewright.sizing.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyDumpTest {

    private static final AccessShape SHAPE = AccessShape.uniform(1_000, 100);

    @Test
    void readsTheLedgerTrace() {
        Trace trace = PublishedTraces.corda(SHAPE);

        assertThat(trace.length()).isEqualTo(135_702);
        assertThat(trace.keyCount()).isEqualTo(90_468);
        assertThat(trace.spanMicros()).isEqualTo(135_701_000);
    }

    @Test
    void readsTheMapperTrace() {
        Trace trace = PublishedTraces.orm(SHAPE);

        assertThat(trace.length()).isEqualTo(5_000_000);
        assertThat(trace.keyCount()).isEqualTo(76_349);
    }

    @Test
    void aFileThatEndsWithinAKeyIsRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("cut");
        Files.write(file, new byte[17]);

        assertThatThrownBy(() -> KeyDump.INT64_BIG_ENDIAN.read(file, SHAPE))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("ends within a key");
    }
}
