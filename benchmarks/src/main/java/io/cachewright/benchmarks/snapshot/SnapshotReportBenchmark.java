package io.cachewright.benchmarks.snapshot;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.benchmarks.load.Spread;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The memory report of a snapshot as a whole command, start of the JVM included, in turn with the server's own
/// check of the file and with a server that loads it. Takes a file, or makes one of two million keys.
@AutoService(Benchmark.class)
public final class SnapshotReportBenchmark implements Benchmark {

    private static final int ROUNDS = 5;
    private static final double MB = 1e6;
    private static final String OURS = "`cachewright profile FILE -o json`";
    private static final String CHECK = "`redis-check-rdb FILE`";
    private static final String LOAD = "server loads the file";

    /// Something that reads the file.
    private interface Reading {
        TimedProcess run() throws IOException, InterruptedException;
    }

    @Override
    public String name() {
        return "snapshot-report";
    }

    @Override
    public String summary() {
        return "[FILE.rdb]: the memory report as a whole command, against redis-check-rdb, redis-replicator and a server"
                + " that loads the file";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException, InterruptedException {
        if (arguments.isEmpty()) {
            Path file = Files.createTempDirectory("snapshot-report").resolve("dump.rdb");
            try {
                System.err.println("making a snapshot of two million keys …");
                make(file);
                measure(file, result);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(file.getParent());
            }
        } else {
            measure(Path.of(arguments.getFirst()), result);
        }
    }

    private static void make(Path file) throws IOException {
        try (RedisServer server = RedisServer.start(server(), ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            TradingKeyspace.fill(connection, 1);
            connection.call("SAVE").orThrow();
            Files.copy(server.directory().resolve("dump.rdb"), file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static ServerBinary server() {
        return ServerBinaries.installed().stream().findFirst().orElseGet(ServerBinaries::embedded);
    }

    private static void measure(Path file, PrintStream result) throws IOException, InterruptedException {
        Map<String, Reading> readings = new LinkedHashMap<>();
        List<String> ours = List.of(launcher().toString(), "profile", file.toString(), "-o", "json");
        readings.put(OURS, () -> TimedProcess.run(ours));
        Optional<Path> check = onPath("redis-check-rdb");
        check.ifPresent(program ->
                readings.put(CHECK, () -> TimedProcess.run(List.of(program.toString(), file.toString()))));
        readings.put(ReplicatorProcess.TITLE, () -> ReplicatorProcess.run(file));
        ServerBinary server = server();
        readings.put(LOAD, () -> ServerLoad.run(server, file));

        Map<String, List<TimedProcess>> taken = new LinkedHashMap<>();
        // The first round builds what is not built, and brings the file into memory.
        for (int round = 0; round <= ROUNDS; round++) {
            for (Map.Entry<String, Reading> reading : readings.entrySet()) {
                TimedProcess process = reading.getValue().run();
                System.err.printf(
                        Locale.ROOT,
                        "round %d: %s %.3f s, %.3f s of processor%n",
                        round,
                        reading.getKey(),
                        process.wallSeconds(),
                        process.processorSeconds());
                if (round > 0) {
                    taken.computeIfAbsent(reading.getKey(), _ -> new ArrayList<>())
                            .add(process);
                }
            }
        }
        print(file, server, taken, result);
    }

    private static void print(Path file, ServerBinary server, Map<String, List<TimedProcess>> taken, PrintStream result)
            throws IOException {
        double megabytes = Files.size(file) / MB;
        result.printf(
                Locale.ROOT,
                "%,.1f MB, %d processors, %s; median [min–max] of %d rounds in turn%n%n",
                megabytes,
                Runtime.getRuntime().availableProcessors(),
                server,
                ROUNDS);
        result.println(
                "| | wall s | MB/s | processor s | MB resident | our wall time is of it |\n|---|---|---|---|---|---|");
        List<TimedProcess> ours = taken.getOrDefault(OURS, List.of());
        taken.forEach((name, processes) -> {
            double[] wall =
                    processes.stream().mapToDouble(TimedProcess::wallSeconds).toArray();
            double[] rates = processes.stream()
                    .mapToDouble(process -> megabytes / process.wallSeconds())
                    .toArray();
            double[] processor = processes.stream()
                    .mapToDouble(TimedProcess::processorSeconds)
                    .toArray();
            double[] resident = processes.stream()
                    .mapToDouble(process -> process.residentBytes() / MB)
                    .toArray();
            double[] ratios = new double[wall.length];
            for (int round = 0; round < wall.length; round++) {
                ratios[round] = ours.get(round).wallSeconds() / wall[round];
            }
            result.printf(
                    Locale.ROOT,
                    "| %s | %s | %.0f | %s | %.0f | %s |%n",
                    name,
                    Spread.of(wall).format("%.2f"),
                    Spread.of(rates).median(),
                    Spread.of(processor).format("%.2f"),
                    Spread.of(resident).max(),
                    name.equals(OURS) ? "" : Spread.of(ratios).format("%.2f"));
        });
    }

    /// The program of this checkout.
    private static Path launcher() throws IOException {
        try {
            Path jar = Path.of(SnapshotReportBenchmark.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path launcher = jar.resolveSibling("../../cachewright").normalize();
            if (Files.isExecutable(launcher)) {
                return launcher;
            }
            throw new IOException("there is no " + launcher + "; run the benchmark from a checkout");
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
