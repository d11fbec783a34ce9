package io.cachewright.benchmarks.prove;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.prove.Proof;
import io.cachewright.optimizer.prove.Proof.Verdict;
import io.cachewright.optimizer.prove.Prover;
import io.cachewright.optimizer.prove.ShadowModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Shows how far a proof can be trusted: of 100 comparisons of a thing with itself, how many say *no difference*;
/// and of 100 real changes of 5 % in the server's time, how many are found.
///
/// `prove-honesty FILE SECONDS`: goes on where FILE ends, for about that long, and prints what FILE says so far.
@AutoService(Benchmark.class)
public final class ProofHonesty implements Benchmark {

    private static final int PROOFS = 100;
    private static final double REAL_CHANGE = 0.05;

    /// Elements that certainly make a difference, to learn what one of them costs.
    private static final int PROBE_ELEMENTS = 100;

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration PER_PROOF = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "prove-honesty";
    }

    @Override
    public String summary() {
        return "100 proofs of nothing and 100 of a real 5 %: FILE SECONDS, goes on where FILE ends";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException {
        if (arguments.size() != 2) {
            throw new IllegalArgumentException("usage: prove-honesty FILE SECONDS");
        }
        Session session = new Session(Path.of(arguments.getFirst()));
        session.goOn(Duration.ofSeconds(Long.parseLong(arguments.getLast())));
        session.print(result);
    }

    /// What one file holds and what is added to it.
    private record Session(Path file) {

        private void goOn(Duration length) throws IOException {
            long end = System.nanoTime() + length.toNanos();
            if (lines("calibrated").isEmpty()) {
                calibrate();
            }
            int extra = Integer.parseInt(lines("calibrated").getFirst().split(" ", -1)[1]);
            while (System.nanoTime() - end < 0 && lines("real").size() < PROOFS) {
                int number = lines("same").size();
                if (number <= lines("real").size()) {
                    record("same", number, RangeRead.USUAL, RangeRead.USUAL);
                } else {
                    // In turns the change for the worse and the one for the better.
                    RangeRead more = new RangeRead(RangeRead.USUAL.elements() + extra);
                    boolean isWorse = number % 2 == 0;
                    record("real", number, isWorse ? RangeRead.USUAL : more, isWorse ? more : RangeRead.USUAL);
                }
            }
        }

        private void calibrate() throws IOException {
            RangeRead probe = new RangeRead(RangeRead.USUAL.elements() + PROBE_ELEMENTS);
            LongMeasurement.Result slope =
                    LongMeasurement.compare(RangeRead.USUAL.command(), probe.command(), LONG.dividedBy(2));
            int extra = (int) Math.round(REAL_CHANGE / slope.change() * PROBE_ELEMENTS);
            RangeRead more = new RangeRead(RangeRead.USUAL.elements() + extra);
            LongMeasurement.Result real = LongMeasurement.compare(RangeRead.USUAL.command(), more.command(), LONG);
            append(String.format(
                    Locale.ROOT,
                    "calibrated %d change %.4f error %.4f micros %.2f",
                    extra,
                    real.change(),
                    real.error(),
                    real.microsPerCommand()));
        }

        private void record(String kind, int number, RangeRead today, RangeRead changed) throws IOException {
            long start = System.nanoTime();
            Proof proof = new Prover(PER_PROOF, 1_000L * number + kind.hashCode(), _ -> {})
                    .compare(kind, today.against(changed), List.of(), ShadowModel.empty());
            Verdict expected = kind.equals("same")
                    ? Verdict.NO_DIFFERENCE
                    : changed.elements() > today.elements() ? Verdict.WORSE : Verdict.IMPROVED;
            String interval = proof.comparisons().stream()
                    .filter(comparison -> comparison.metric() == Metric.SERVER_TIME)
                    .map(comparison -> String.format(
                            Locale.ROOT,
                            "%.4f %.4f %.4f pairs %d",
                            comparison.change(),
                            comparison.low(),
                            comparison.high(),
                            comparison.pairs()))
                    .findFirst()
                    .orElse("none");
            append(String.format(
                    Locale.ROOT,
                    "%s %s %s server-time %s seconds %.1f",
                    kind,
                    proof.verdict() == expected ? "right" : "wrong",
                    proof.verdict(),
                    interval,
                    (System.nanoTime() - start) / 1e9));
        }

        private void print(PrintStream result) throws IOException {
            lines("calibrated").forEach(result::println);
            for (String kind : List.of("same", "real")) {
                List<String> proofs = lines(kind);
                long right =
                        proofs.stream().filter(line -> line.contains(" right ")).count();
                result.println(kind + ": " + right + " right of " + proofs.size());
                proofs.stream().filter(line -> line.contains(" wrong ")).forEach(line -> result.println("  " + line));
            }
        }

        private List<String> lines(String kind) throws IOException {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> line.startsWith(kind + " "))
                            .toList()
                    : List.of();
        }

        private void append(String line) throws IOException {
            Files.writeString(
                    file, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
