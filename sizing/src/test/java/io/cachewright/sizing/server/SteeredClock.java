package io.cachewright.sizing.server;

import io.cachewright.lab.server.ServerBinary;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A clock for real servers that the test sets: the server believes it is the time of the trace.
///
/// A small library, compiled on the spot, is preloaded into the server and answers its questions for the time
/// from a file that this test and the server both have mapped. So the server's LRU clock, the decay of LFU,
/// expiry and housekeeping run in the trace's time to the microsecond, without waiting for it. Speeding the
/// machine's clock up by a factor (libfaketime) was tried: it does not start together with the system's jemalloc.
final class SteeredClock implements AutoCloseable {

    private static final long PAGE_BYTES = 4_096;
    private static final long COMPILE_SECONDS = 60;

    private final Path directory;
    private final Path file;
    private final Path library;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment page;

    SteeredClock(long startMicros) {
        try {
            directory = Files.createTempDirectory("cachewright-clock-");
            file = directory.resolve("clock");
            library = directory.resolve("steered_clock.so");
            Files.write(file, new byte[(int) PAGE_BYTES]);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                page = channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGE_BYTES, arena);
            }
            set(startMicros);
            compile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile() throws IOException {
        Path source = directory.resolve("steered_clock.c");
        try (InputStream text =
                Objects.requireNonNull(SteeredClock.class.getResourceAsStream("steered_clock.c"), "steered_clock.c")) {
            Files.copy(text, source);
        }
        boolean compiled = false;
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start();
            compiled = compiler.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) && compiler.exitValue() == 0;
        } catch (IOException _) {
            // There is no compiler.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Assumptions.assumeTrue(compiled, "no C compiler on this machine: servers cannot run in a trace's time");
    }

    /// That server under this clock. Only servers that are linked dynamically can be steered.
    ServerBinary steering(ServerBinary binary) {
        try {
            Path launcher = directory.resolve("server");
            Files.writeString(
                    launcher,
                    "#!/bin/sh\nSTEERED_CLOCK='" + file + "' LD_PRELOAD='" + library + "' exec '" + binary.path()
                            + "' \"$@\"\n",
                    StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
            return new ServerBinary(launcher, binary.version(), binary.origin() + ", under a steered clock");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Moves the clock, in microseconds since 1970.
    void set(long micros) {
        page.set(ValueLayout.JAVA_LONG, 0, micros * 1_000);
    }

    @Override
    public void close() {
        arena.close();
        for (Path each :
                List.of(file, library, directory.resolve("steered_clock.c"), directory.resolve("server"), directory)) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
