package io.cachewright.benchmarks.capture;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.benchmarks.load.Spread;
import io.cachewright.capture.CaptureProfile;
import io.cachewright.capture.Captures;
import io.cachewright.capture.command.Coverage;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How fast a capture is read: MONITOR output against a plain read of the file, packets against `tshark` and `tcpdump`
/// reading the same file, in turn. Both files hold the same commands, made up beforehand.
@AutoService(Benchmark.class)
public final class CaptureParse implements Benchmark {

    private static final int COMMANDS = 500_000;
    private static final int ROUNDS = 3;
    /// The peers take their time.
    private static final int PEER_ROUNDS = 3;

    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "capture-parse";
    }

    @Override
    public String summary() {
        return "MB/s and commands/s of MONITOR output and of packets, against tshark and tcpdump on the same file";
    }

    /// Something that reads a file.
    private interface Reading {
        void run() throws IOException, InterruptedException;
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("capture-parse");
        Path monitor = directory.resolve("monitor.txt");
        Path packets = directory.resolve("packets.pcap");
        try {
            System.err.println("writing the captures …");
            SyntheticCapture.write(COMMANDS, monitor, packets);
            result.printf(
                    Locale.ROOT,
                    "%,d commands; MONITOR output of %,d MB, packets of %,d MB; median [min–max]%n%n",
                    COMMANDS,
                    Files.size(monitor) / 1_000_000,
                    Files.size(packets) / 1_000_000);
            result.println("| | MB/s | commands/s |\n|---|---|---|");
            table(monitor, packets, result);
            peers(packets, result);
        } finally {
            Files.deleteIfExists(monitor);
            Files.deleteIfExists(packets);
            Files.deleteIfExists(directory);
        }
    }

    private static void table(Path monitor, Path packets, PrintStream result) throws IOException, InterruptedException {
        Reading[] readings = {
            () -> readBytes(monitor),
            () -> read(monitor),
            () -> profile(monitor),
            () -> readBytes(packets),
            () -> read(packets),
            () -> profile(packets)
        };
        String[] names = {
            "MONITOR file, bytes only",
            "MONITOR file, commands",
            "MONITOR file, commands, behaviour and anti-patterns",
            "packets, bytes only",
            "packets, commands with answers",
            "packets, commands, behaviour and anti-patterns"
        };
        double[][] seconds = new double[readings.length][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            for (int i = 0; i < readings.length; i++) {
                double taken = seconds(readings[i]);
                if (round >= 0) {
                    seconds[i][round] = taken;
                }
            }
        }
        for (int i = 0; i < readings.length; i++) {
            long bytes = Files.size(i < 3 ? monitor : packets);
            double[] rates = new double[ROUNDS];
            double[] commands = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                rates[round] = bytes / 1e6 / seconds[i][round];
                commands[round] = COMMANDS / seconds[i][round];
            }
            boolean isBytesOnly = i % 3 == 0;
            result.printf(
                    "| %s | %s | %s |%n",
                    names[i],
                    Spread.of(rates).format("%,.0f"),
                    isBytesOnly ? "" : Spread.of(commands).format("%,.0f"));
        }
    }

    /// Each peer in turn with ours, both as the time of a whole process would be without its start.
    private static void peers(Path packets, PrintStream result) throws IOException, InterruptedException {
        result.println("\n| packets, the same file | seconds | times ours |\n|---|---|---|");
        for (Peer peer : Peer.all()) {
            Optional<Path> program = onPath(peer.program());
            if (program.isEmpty()) {
                result.printf("| %s | not installed | |%n", peer.label());
                continue;
            }
            double[] theirs = new double[PEER_ROUNDS];
            double[] ratios = new double[PEER_ROUNDS];
            for (int round = 0; round < PEER_ROUNDS; round++) {
                double ours = seconds(() -> read(packets));
                theirs[round] = seconds(() -> peer.run(program.get(), packets));
                ratios[round] = theirs[round] / ours;
            }
            result.printf(
                    "| %s | %s | **%s |%n",
                    peer.label(),
                    Spread.of(theirs).format("%.2f"),
                    Spread.of(ratios).format("%.1f").replace(" [", "** ["));
        }
    }

    /// Another program that reads packets.
    private record Peer(String label, String program, List<String> arguments) {

        static List<Peer> all() {
            return List.of(
                    new Peer("`tcpdump -r` (prints one line a packet)", "tcpdump", List.of("-nn", "-r")),
                    new Peer(
                            "`tshark -z conv,tcp` (counts of connections)",
                            "tshark",
                            List.of("-n", "-q", "-z", "conv,tcp", "-r")),
                    new Peer(
                            "`tshark -T fields` (time, stream and length of each packet)",
                            "tshark",
                            List.of(
                                    "-n",
                                    "-T",
                                    "fields",
                                    "-e",
                                    "frame.time_epoch",
                                    "-e",
                                    "tcp.stream",
                                    "-e",
                                    "tcp.len",
                                    "-r")));
        }

        void run(Path path, Path file) throws IOException, InterruptedException {
            List<String> command = Stream.of(List.of(path.toString()), arguments, List.of(file.toString()))
                    .flatMap(List::stream)
                    .toList();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(program + " failed");
            }
        }
    }

    private static double seconds(Reading reading) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        reading.run();
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    private static void readBytes(Path file) throws IOException {
        byte[] chunk = new byte[256 << 10];
        try (var input = Files.newInputStream(file)) {
            while (input.read(chunk) >= 0) {
                // Only the reading is timed.
            }
        }
    }

    private static void read(Path file) throws IOException {
        Coverage coverage = Captures.open(file).read(_ -> {});
        if (coverage.commands() != COMMANDS) {
            throw new IllegalStateException(file + " gave " + coverage.commands() + " commands: " + coverage.notes());
        }
    }

    private static void profile(Path file) throws IOException {
        CaptureProfile profile = CaptureProfile.of(Captures.open(file));
        if (profile.behaviour().commands() != COMMANDS) {
            throw new IllegalStateException(
                    file + " gave " + profile.behaviour().commands() + " commands");
        }
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
