package io.cachewright.capture.packet;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Records packets of one port of the loopback interface with `dumpcap` or `tcpdump`, whichever the machine has.
final class Recorder implements AutoCloseable {

    private final Process process;

    private Recorder(Process process) {
        this.process = process;
    }

    /// The program to record with; empty where there is none.
    static Optional<Path> program() {
        return Stream.of("dumpcap", "tcpdump")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Starts recording into `file`, and returns when packets are recorded; empty where this user may not.
    static Optional<Recorder> start(Path program, int port, Path file) throws IOException, InterruptedException {
        boolean isTcpdump = program.endsWith("tcpdump");
        List<String> command = isTcpdump
                ? List.of(
                        program.toString(),
                        "-i",
                        "lo",
                        "-U",
                        "-B",
                        "65536",
                        "--time-stamp-precision=nano",
                        "-w",
                        file.toString(),
                        "tcp port " + port)
                : List.of(
                        program.toString(),
                        "-i",
                        "lo",
                        "-q",
                        "-B",
                        "64",
                        "-f",
                        "tcp port " + port,
                        "-w",
                        file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null) {
            // Both say this when the interface is open and the filter is set.
            if (line.startsWith("File: ") || line.contains("listening on")) {
                return Optional.of(new Recorder(process));
            }
            line = said.readLine();
        }
        process.waitFor(5, TimeUnit.SECONDS);
        return Optional.empty();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
