package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.advice.RemedyBuilder;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// TRD-B6: whole books written again on every change.
@AutoService(Rule.class)
public final class WholeBookRewritten implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-B6",
            "Order books are rewritten whole on every tick",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.KEYSPACE),
            "A tick changes a few dozen levels and the whole book crosses the wire: network, server time and readers' "
                    + "parsing grow with the depth of the book instead of with what changed.",
            List.of(
                    "gitbitex/gitbitex-new",
                    "michaelliao/warpexchange",
                    "recorded Binance feeds: 29 to 181 times the delta"));

    /// Smaller values cost about as much as any SET.
    private static final long LARGE_BYTES = 4 << 10;

    /// Below this a snapshot is refreshed, not rewritten by tick.
    private static final double PER_KEY_AND_SECOND = 2;

    private static final double INPUT_SHARE = 0.25;

    /// A delta of the recorded spot feed: 36 levels on average.
    private static final long CHANGES_PER_BATCH = 36;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<KeyFamily> books = situation.families().stream()
                .filter(Offence.holding(UseCase.DEPTH).and(Offence.ofType("string")))
                .filter(family -> Payloads.meanBytes(family) >= LARGE_BYTES)
                .toList();
        if (books.isEmpty()) {
            return new Verdict.NotApplicable(
                    "no book of " + Figures.bytes(LARGE_BYTES) + " or more is kept in one string");
        }
        Payloads payloads = Payloads.of(situation);
        KeyFamily largest = books.getFirst();
        double bytes = Payloads.meanBytes(largest);
        long keys =
                Math.max(1, books.stream().mapToLong(KeyFamily::estimatedKeys).sum());
        double rewrites = Math.min(payloads.setsPerSecond(), payloads.largeBytesPerSecond() / bytes);
        double share = Math.min(1, rewrites * bytes / payloads.bytesInPerSecond());
        if (rewrites / keys < PER_KEY_AND_SECOND || share < INPUT_SHARE) {
            return new Verdict.Healthy(
                    "whole books are written at most " + Figures.perSecond(rewrites / keys) + " a key");
        }
        long levels = Math.max(1, Math.round(bytes / Payloads.JSON_BYTES_PER_LEVEL));
        FindingBuilder finding = situation
                .finding(CARD, Severity.HIGH)
                .affects(Objective.LATENCY, Objective.THROUGHPUT, Objective.COST)
                .seen(
                        Offence.name(largest) + ": about " + Figures.perSecond(rewrites / keys) + " rewrites a key of "
                                + Figures.bytes(bytes),
                        "SET calls and input bytes, " + situation.windowSource() + "; STRLEN of sampled keys")
                .seen(
                        Figures.percent(share) + " of the incoming " + Figures.bytes(payloads.bytesInPerSecond())
                                + "/s",
                        situation.windowSource());
        situation
                .profile()
                .command("set")
                .ifPresent(set -> finding.seen(
                        "SET takes " + Figures.percent(set.serverTimeShare()) + " of the server's time, "
                                + Figures.micros(set.microsPerCall()) + " a call",
                        "INFO commandstats, " + situation.windowSource()));
        books.forEach(family -> finding.family(family.pattern()));
        return finding.remedy(deltas(books, rewrites / keys, bytes, share, levels))
                .verdict();
    }

    private static Remedy deltas(
            List<KeyFamily> books, double rewritesPerKey, double bytes, double share, long levels) {
        RemedyBuilder remedy =
                remedy("write-deltas", "Write what changed: one HSET a batch, and the best levels packed in md:{I}:l2");
        for (KeyFamily family : books) {
            remedy.change(new Change.Remodel(
                    family.pattern(),
                    "string, " + Figures.bytes(Payloads.meanBytes(family)) + ", rewritten whole",
                    "deltas: one HSET and HDEL a batch with its sequence; top levels packed, at most every 50 ms",
                    Practice.BOOK_DELTAS));
        }
        double expected = Math.max(0, 1 - Payloads.DELTA_BYTES / bytes);
        return remedy.because("each of about " + Figures.perSecond(rewritesPerKey) + " writes a key carries "
                        + Figures.bytes(bytes) + ", of which a delta of " + CHANGES_PER_BATCH + " levels needs "
                        + Figures.bytes(Payloads.DELTA_BYTES))
                .expect(
                        Metric.BYTES_IN,
                        -share * Math.max(expected, 1 - 1 / 181.0),
                        -share * expected,
                        -share * expected * 0.9,
                        "share of these writes in the input; a recorded delta of " + CHANGES_PER_BATCH
                                + " levels is about 1,156 bytes; recorded books cost 29 to 181 times their delta")
                .risk(
                        Risk.Level.MEDIUM,
                        "readers need the sequence to know that they missed none, and one more call for the whole book")
                .costs("writers change; readers of the whole book need one more call")
                .serves(Objective.LATENCY, Objective.THROUGHPUT, Objective.COST)
                .provedBy(new Experiment.ClientPractice(
                        Practice.BOOK_DELTAS,
                        Map.of("levels", levels, "bytes", Math.round(bytes), "changesPerBatch", CHANGES_PER_BATCH)))
                .build();
    }
}
