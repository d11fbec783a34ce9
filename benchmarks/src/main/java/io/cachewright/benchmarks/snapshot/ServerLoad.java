package io.cachewright.benchmarks.snapshot;

import io.cachewright.lab.server.ServerBinary;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A server that loads a snapshot, from its start until it says that it has.
final class ServerLoad {

    private static final String LOADED = "DB loaded from disk";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long STOP_SECONDS_MAX = 20;

    private ServerLoad() {}

    static TimedProcess run(ServerBinary binary, Path file) throws IOException, InterruptedException {
        Path socket = Files.createTempDirectory("load").resolve("server.sock");
        long begin = System.nanoTime();
        Process server = new ProcessBuilder(
                        binary.path().toString(),
                        "--port",
                        "0",
                        "--unixsocket",
                        socket.toString(),
                        "--save",
                        "",
                        "--dir",
                        file.toAbsolutePath().resolveSibling("").toString(),
                        "--dbfilename",
                        file.getFileName().toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader log = server.inputReader(StandardCharsets.UTF_8)) {
            String line = log.readLine();
            while (line != null && !line.contains(LOADED)) {
                line = log.readLine();
            }
            if (line == null) {
                throw new IOException(binary + " did not load " + file);
            }
            double wall = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            double processor = server.toHandle()
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toNanos()
                    / NANOS_PER_SECOND;
            return new TimedProcess(wall, processor, TimedProcess.residentBytes(server.pid()));
        } finally {
            // Without saving: the file is not its own.
            server.destroyForcibly().waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
        }
    }
}
