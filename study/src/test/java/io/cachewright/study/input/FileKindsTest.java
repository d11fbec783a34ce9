package io.cachewright.study.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKindsTest {

    private static final String MONITOR = "1339518083.107412 [0 127.0.0.1:60866] \"keys\" \"*\"\n";

    @TempDir
    private Path directory;

    @Test
    void aFileIsKnownByHowItBeginsWhateverItsName() throws IOException {
        assertThat(kind("REDIS0011\u00fa")).isEqualTo(FileKind.RDB);
        assertThat(kind("VALKEY080\u00fa")).isEqualTo(FileKind.RDB);
        assertThat(kind("*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n")).isEqualTo(FileKind.AOF);
        assertThat(kind("#TS:1700000000\r\n*1\r\n$4\r\nPING\r\n")).isEqualTo(FileKind.AOF);
        assertThat(kind("file appendonly.aof.1.base.rdb seq 1 type b\nfile a.incr.aof seq 1 type i\n"))
                .isEqualTo(FileKind.AOF_MANIFEST);
        assertThat(kind(MONITOR)).isEqualTo(FileKind.MONITOR);
        assertThat(kind("OK\n" + MONITOR)).isEqualTo(FileKind.MONITOR);
        assertThat(kind("1.000001 [0 lua] \"get\" \"k\"\n")).isEqualTo(FileKind.MONITOR);
        assertThat(kind("\u00d4\u00c3\u00b2\u00a1")).isEqualTo(FileKind.PACKETS);
        assertThat(kind("\n\r\r\n")).isEqualTo(FileKind.PACKETS);
        assertThat(kind("# a comment\ntime,key,op,size,ttl\n1,a,read,2,\n")).isEqualTo(FileKind.TRACE);
        assertThat(kind("key,size,time")).isEqualTo(FileKind.TRACE);
        assertThat(kind("PK\u0003\u0004")).isEqualTo(FileKind.BUNDLE);
    }

    @Test
    void aPackedFileIsLookedInto() throws IOException {
        Path file = directory.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(MONITOR.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(FileKinds.of(file)).isEqualTo(FileKind.MONITOR);
    }

    @Test
    void aDirectoryIsOneOfAnAppendOnlyFileOrNothing() throws IOException {
        assertThatThrownBy(() -> FileKinds.of(directory))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is a directory");
        Files.writeString(directory.resolve("appendonly.aof.manifest"), "");
        assertThat(FileKinds.of(directory)).isEqualTo(FileKind.AOF_DIRECTORY);
    }

    @Test
    void whatIsNothingKnownIsToldInOneLine() {
        assertThatThrownBy(() -> kind("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> kind("hello")).hasMessageContaining("is none of the known kinds");
        assertThatThrownBy(() -> FileKinds.of(directory.resolve("absent"))).hasMessageContaining("no such file");
    }

    @Property(tries = 500)
    void anyBytesAreToldApartWithoutFailingOrHanging(@ForAll @Size(max = 4_000) byte[] head) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> FileKinds.kind(head));
    }

    @Test
    void aLongLineOfWordsDoesNotHang() {
        String line = "time key ".repeat(7_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> FileKinds.kind((line + "!").getBytes(StandardCharsets.UTF_8)));
    }

    private FileKind kind(String content) throws IOException {
        Path file = directory.resolve("file.any");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        return FileKinds.of(file);
    }
}
