package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The wall clock of processes that are started under it, which can be set while they run. Their monotonic clocks stay
/// as they are.
///
/// It is a small library that is loaded into them before all others, built here by the C compiler of the machine. (The
/// usual one, libfaketime, hangs in servers that bring their own allocator.) Programs that are linked statically do not
/// heed it, as the embedded server is.
final class WallClock {

    private static final String SOURCE = "wall-clock.c";

    private final Path directory;
    private final Path library;
    private final Path shift;

    /// Aborts the test where the machine has no C compiler.
    static WallClock in(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(SOURCE);
        try (InputStream text = Objects.requireNonNull(WallClock.class.getResourceAsStream(SOURCE))) {
            Files.copy(text, source);
        }
        Path library = directory.resolve("wall-clock.so");
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-O1", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                    .inheritIO()
                    .start();
            assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(compiler.exitValue()).as("cc " + SOURCE).isZero();
        } catch (IOException e) {
            abort("no C compiler on this machine: " + e.getMessage());
        }
        WallClock clock = new WallClock(directory, library, directory.resolve("shift"));
        Files.write(clock.shift, new byte[Long.BYTES]);
        return clock;
    }

    private WallClock(Path directory, Path library, Path shift) {
        this.directory = directory;
        this.library = library;
        this.shift = shift;
    }

    /// What processes are started with.
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "WALL_CLOCK_SHIFT", shift.toString());
    }

    /// The first server at hand that is linked dynamically, under this clock; aborts the test where there is none.
    ServerBinary server() throws IOException {
        for (ServerBinary binary : ServerBinaries.all()) {
            if (!binary.equals(ServerBinaries.embedded())) {
                StringBuilder script = new StringBuilder("#!/bin/sh\nexec env");
                environment().forEach((name, value) -> script.append(" '" + name + "=" + value + "'"));
                script.append(" '" + binary.path() + "' \"$@\"\n");
                Path file = directory.resolve("server");
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Files.writeString(file, script);
                return ServerBinaries.at(file);
            }
        }
        return abort("no server but the embedded one at hand (redis-server on the path, or CACHEWRIGHT_SERVERS)");
    }

    /// Sets the clock of all processes under it: so far from the true one.
    void shift(Duration by) throws IOException {
        // Written in place: the processes have the file mapped.
        try (FileChannel file = FileChannel.open(shift, StandardOpenOption.WRITE)) {
            ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            file.write(seconds.putLong(by.toSeconds()).flip());
        }
    }
}
