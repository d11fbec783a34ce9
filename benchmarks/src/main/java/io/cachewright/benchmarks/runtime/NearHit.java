package io.cachewright.benchmarks.runtime;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.benchmarks.runtime.NearHitRunner.Asking;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The cost of one near hit, beside a bare Caffeine `getIfPresent`, the clock that a proof of freshness must
/// read, and the near-caches of other clients. Each subject has a process of its own, and they take turns.
@AutoService(Benchmark.class)
public final class NearHit implements Benchmark {

    private static final int THREADS_MAX = 2;
    private static final int WARM_UP_ROUNDS = 12;
    private static final int ROUNDS = 15;
    private static final int ROUNDS_QUICK = 5;

    @Override
    public String name() {
        return "near-hit";
    }

    @Override
    public String summary() {
        return "one near hit beside Caffeine, JetCache, Redisson and Jedis; `quick` leaves the clients out";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException {
        List<NearHitSubject> subjects = NearHitSubject.chosenBy(arguments);
        int rounds = NearHitSubject.isQuick(arguments) ? ROUNDS_QUICK : ROUNDS;
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp())) {
            result.printf(
                    Locale.ROOT,
                    "%d keys; a process for each; ns a call, median [least–greatest] of %d rounds in turn; times"
                            + " Caffeine%n",
                    NearHitRunner.KEYS,
                    rounds);
            for (Asking asking : Asking.values()) {
                try (Runners runners = Runners.start(subjects, "redis://" + server.address(), asking)) {
                    compare(subjects, asking, runners, rounds, result);
                }
            }
        }
    }

    private static void compare(
            List<NearHitSubject> subjects, Asking asking, Runners runners, int rounds, PrintStream result) {
        for (NearHitSubject subject : subjects) {
            runners.run(subject, 1, WARM_UP_ROUNDS);
        }
        Map<NearHitSubject, List<double[]>> one = runners.inTurn(subjects, 1, rounds);
        Map<NearHitSubject, List<double[]>> two = runners.inTurn(subjects, THREADS_MAX, rounds);
        result.printf(
                "%n%s%n%n| | 1 thread | | 2 threads | | bytes a call |%n|---|---|---|---|---|---|%n", asking.title);
        for (NearHitSubject subject : subjects) {
            result.printf(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %s | %.1f | %.0f |%n",
                    subject.title,
                    spread(one, subject),
                    median(one, subject) / median(one, NearHitSubject.CAFFEINE),
                    spread(two, subject),
                    median(two, subject) / median(two, NearHitSubject.CAFFEINE),
                    one.getOrDefault(subject, List.of()).getLast()[1]);
        }
        if (subjects.stream().anyMatch(subject -> subject.isPeer)) {
            ratios(one, result);
        }
    }

    private static void ratios(Map<NearHitSubject, List<double[]>> one, PrintStream result) {
        result.println();
        for (NearHitSubject ours : List.of(NearHitSubject.BOUNDED, NearHitSubject.BOUNDED_COARSE)) {
            List<String> times = new ArrayList<>();
            for (NearHitSubject peer : NearHitSubject.values()) {
                if (peer.isPeer) {
                    times.add(String.format(
                            Locale.ROOT, "%.0f times below %s", median(one, peer) / median(one, ours), peer.title));
                }
            }
            result.println("- " + ours.title + ": " + String.join(", ", times));
        }
    }

    private static double median(Map<NearHitSubject, List<double[]>> figures, NearHitSubject subject) {
        double[] sorted = sorted(figures, subject);
        return sorted[sorted.length / 2];
    }

    private static String spread(Map<NearHitSubject, List<double[]>> figures, NearHitSubject subject) {
        double[] sorted = sorted(figures, subject);
        return String.format(
                Locale.ROOT, "%.1f [%.1f–%.1f]", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static double[] sorted(Map<NearHitSubject, List<double[]>> figures, NearHitSubject subject) {
        return figures.getOrDefault(subject, List.of()).stream()
                .mapToDouble(figure -> figure[0])
                .sorted()
                .toArray();
    }

    /// The processes of the subjects.
    private record Runners(Map<NearHitSubject, Process> processes) implements AutoCloseable {

        static Runners start(List<NearHitSubject> subjects, String uri, Asking asking) throws IOException {
            Runners runners = new Runners(new EnumMap<>(NearHitSubject.class));
            for (NearHitSubject subject : subjects) {
                System.err.println("starting " + subject);
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                NearHitRunner.class.getName(),
                                subject.name(),
                                uri,
                                asking.name())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                runners.processes.put(subject, process);
                if (!"ready".equals(lineOf(process))) {
                    runners.close();
                    throw new IOException(subject + " did not start");
                }
            }
            return runners;
        }

        Map<NearHitSubject, List<double[]>> inTurn(List<NearHitSubject> subjects, int threads, int rounds) {
            Map<NearHitSubject, List<double[]>> figures = new EnumMap<>(NearHitSubject.class);
            for (int round = 0; round < rounds; round++) {
                for (NearHitSubject subject : subjects) {
                    figures.computeIfAbsent(subject, _ -> new ArrayList<>()).add(run(subject, threads, 1));
                }
            }
            return figures;
        }

        /// Nanoseconds and bytes a call in the last of the rounds.
        double[] run(NearHitSubject subject, int threads, int rounds) {
            Process process = processes.get(subject);
            if (process == null) {
                throw new IllegalArgumentException("no process for " + subject);
            }
            PrintWriter requests = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            String line = "";
            for (int i = 0; i < rounds; i++) {
                requests.println(threads);
                line = lineOf(process);
            }
            return Arrays.stream(line.split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        private static String lineOf(Process process) {
            BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
            try {
                String line = answers.readLine();
                return line == null ? "" : line;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            processes.values().forEach(Process::destroy);
        }
    }
}
