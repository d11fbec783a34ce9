package io.cachewright.optimizer.report;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.prove.Proof;
import io.cachewright.optimizer.report.ReportView.Answer;
import io.cachewright.optimizer.report.ReportView.ChangeView;
import io.cachewright.optimizer.report.ReportView.Checked;
import io.cachewright.optimizer.report.ReportView.Command;
import io.cachewright.optimizer.report.ReportView.Comparison;
import io.cachewright.optimizer.report.ReportView.Expectation;
import io.cachewright.optimizer.report.ReportView.Family;
import io.cachewright.optimizer.report.ReportView.Note;
import io.cachewright.optimizer.report.ReportView.Option;
import io.cachewright.optimizer.report.ReportView.Probe;
import io.cachewright.optimizer.report.ReportView.Profile;
import io.cachewright.optimizer.report.ReportView.ProofView;
import io.cachewright.optimizer.report.ReportView.Question;
import io.cachewright.optimizer.report.ReportView.Recommendation;
import io.cachewright.optimizer.report.ReportView.Seen;
import io.cachewright.optimizer.report.ReportView.Settled;
import io.cachewright.optimizer.report.ReportView.Watch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A report with one of everything, made up, for the tests of the renderers.
final class SampleReport {

    private SampleReport() {}

    static ReportView withOneOfEverything() {
        return titled("Order books are rewritten whole on every tick");
    }

    static ReportView titled(String finding) {
        return new ReportView(
                ReportView.FORMAT_VERSION,
                "0.1.0",
                "redis://127.0.0.1:6379",
                List.of("Redis 7.0.15, primary"),
                Instant.parse("2026-11-20T14:30:00Z"),
                60,
                new Profile(
                        18_400.0,
                        0.31,
                        0.914,
                        4_200_000.0,
                        9_100_000.0,
                        0.42,
                        40_123L,
                        212_000_000L,
                        List.of(
                                new Family(
                                        "md:book:{I}",
                                        "order book depth",
                                        0.9,
                                        42,
                                        2_750_000,
                                        "string",
                                        List.of("raw"),
                                        1.0),
                                new Family(
                                        "ord:<n>",
                                        "orders",
                                        0.8,
                                        30_000,
                                        12_000_000,
                                        "hash",
                                        List.of("listpack"),
                                        null)),
                        List.of(new Command("set", 412, 61, 0.31))),
                List.of(
                        recommendation(1, finding, proof(Proof.Verdict.IMPROVED, -0.84, -0.86, -0.81), null),
                        recommendation(
                                2,
                                "A change that its proof contradicts",
                                proof(Proof.Verdict.WORSE, 0.12, 0.08, 0.17),
                                "its proof says worse")),
                List.of(new Note(
                        "REP-02",
                        "No replica",
                        Severity.LOW,
                        List.of("durability"),
                        "127.0.0.1:6379",
                        List.of(new Seen("connected_slaves 0", "INFO replication")))),
                List.of(new Settled(
                        "appendfsync", "always", "everysec", "rpo is 0 s, so no acknowledged write may be lost")),
                List.of(new Question(
                        "staleness-max",
                        "How old may a book be outside the matching path?",
                        List.of(
                                new Answer("100 ms", List.of("near-cache, 71 % fewer reads (changes 2, 5)")),
                                new Answer("0 ms", List.of())))),
                List.of(proof(Proof.Verdict.NO_DIFFERENCE, 0.001, -0.01, 0.012)),
                List.of(
                        new Checked("TRD-B6", "Books rewritten whole", "trading", "127.0.0.1:6379", "found", ""),
                        new Checked("MEM-05", "Fragmentation", "memory", "127.0.0.1:6379", "healthy", "ratio 1.04"),
                        new Checked("REP-05", "Lag", "replication", "127.0.0.1:6379", "not applicable", "no replica"),
                        new Checked(
                                "LAT-09",
                                "Transparent huge pages",
                                "latency",
                                "127.0.0.1:6379",
                                "unknown",
                                "the server runs on another machine")),
                List.of(new Probe("127.0.0.1:6379", "INFO ALL", "free", 3, 1.9, "ran")));
    }

    private static Recommendation recommendation(
            int number, String finding, ProofView proof, @Nullable String withdrawn) {
        return new Recommendation(
                number,
                "TRD-B6/book-deltas@127.0.0.1:6379",
                "TRD-B6",
                "Write deltas: one HSET a batch, top 20 in md:{I}:l2",
                finding,
                Severity.HIGH,
                List.of("latency", "throughput"),
                "127.0.0.1:6379",
                List.of("md:book:{I}"),
                List.of(new Seen("9.8 SET/s a key of 64 KB, of which 1.2 KB differ", "60 s window")),
                "Each tick sends 64 KB where 1.2 KB changed.",
                List.of(new ChangeView(
                        "parameter",
                        "hash-max-listpack-entries",
                        "127.0.0.1:6379",
                        "hash-max-listpack-entries",
                        "512",
                        "64",
                        "not needed",
                        List.of("redis-cli CONFIG SET hash-max-listpack-entries 64"),
                        List.of("redis-cli CONFIG GET hash-max-listpack-entries   # 64"),
                        List.of("redis-cli CONFIG SET hash-max-listpack-entries 512"))),
                List.of(new Expectation(Metric.P99, -0.72, -0.6, -0.48, "measured on books of this size")),
                List.of("no torn books"),
                "readers of the whole book need one more call",
                "medium",
                "writers change",
                List.of("latency"),
                List.of("operations"),
                List.of(2),
                List.of("TRD-K4"),
                List.of(new Option(
                        "Pack the book", "4 KB a book", "a codec", "binary values", List.of("memory"), List.of())),
                List.of("BOOK_DELTAS"),
                List.of(new Watch("rate(redis_net_input_bytes_total[1m])", "above 5 MB/s", "the rewrite is back")),
                proof,
                withdrawn);
    }

    private static ProofView proof(Proof.Verdict verdict, double change, double low, double high) {
        return new ProofView(
                "io-threads 8 on 2 cores",
                verdict,
                List.of(
                        new Comparison(Metric.P99, 1_920_000, 1_920_000 * (1 + change), change, low, high, 12),
                        new Comparison(Metric.SERVER_TIME, 61_000, 61_000 * (1 + change), change, low, high, 12)),
                "12 pairs of 2 s on a shadow of Redis 7.0.15",
                "server time decides");
    }
}
