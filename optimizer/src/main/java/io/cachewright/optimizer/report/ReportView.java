package io.cachewright.optimizer.report;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.prove.Proof;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A report as its readers see it, and the JSON report as it is; the schema is `docs/reference/report.schema.json`.
///
/// @param formatVersion of this shape; readers refuse a newer one
/// @param windowSeconds how long the deployment was watched
/// @param recommendations most valuable first
/// @param notes findings that only people can mend
/// @param trials often-advised changes that were put through the same proof
/// @param coverage every rule and what it said
public record ReportView(
        int formatVersion,
        String tool,
        String target,
        List<String> servers,
        Instant collectedAt,
        double windowSeconds,
        Profile profile,
        List<Recommendation> recommendations,
        List<Note> notes,
        List<Settled> settled,
        List<Question> questions,
        List<ProofView> trials,
        List<Checked> coverage,
        List<Probe> probes) {

    public static final int FORMAT_VERSION = 1;

    /// Only what the deployment does, without any judgement.
    public ReportView profileOnly() {
        return new ReportView(
                formatVersion,
                tool,
                target,
                servers,
                collectedAt,
                windowSeconds,
                profile,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                probes);
    }

    /// The same with findings in the place of advice.
    ReportView withoutAdvice(List<Note> found) {
        return new ReportView(
                formatVersion,
                tool,
                target,
                servers,
                collectedAt,
                windowSeconds,
                profile,
                List.of(),
                found,
                List.of(),
                List.of(),
                List.of(),
                coverage,
                probes);
    }

    /// Whether anything was judged; a profile alone judges nothing.
    boolean isJudged() {
        return !coverage.isEmpty();
    }

    /// What the deployment does. Absent numbers are null: unknown, not zero.
    public record Profile(
            @Nullable Double opsPerSecond,
            @Nullable Double busyShare,
            @Nullable Double hitRatio,
            @Nullable Double bytesInPerSecond,
            @Nullable Double bytesOutPerSecond,
            @Nullable Double writeShare,
            @Nullable Long keys,
            @Nullable Long usedBytes,
            List<Family> families,
            List<Command> commands) {}

    public record Family(
            String pattern,
            String useCase,
            double confidence,
            long keys,
            long bytes,
            String type,
            List<String> encodings,
            @Nullable Double withoutTtlShare) {}

    public record Command(String name, double callsPerSecond, double microsPerCall, double serverTimeShare) {}

    /// A finding and what to do about it.
    ///
    /// @param withdrawn why the proof spoke against it; null while it stands
    public record Recommendation(
            int number,
            String id,
            String rule,
            String title,
            String finding,
            Severity severity,
            List<String> affects,
            String node,
            List<String> families,
            List<Seen> seen,
            String reason,
            List<ChangeView> changes,
            List<Expectation> expect,
            List<String> protections,
            String risk,
            String riskLevel,
            String cost,
            List<String> serves,
            List<String> harms,
            List<Integer> conflictsWith,
            List<String> alsoMends,
            List<Option> options,
            List<String> practices,
            List<Watch> watch,
            @Nullable ProofView proof,
            @Nullable String withdrawn) {}

    public record Seen(String text, String source) {}

    /// One step with its exact lines.
    ///
    /// @param kind `parameter`, `acl`, `host`, `ttl`, `model`, `client` or `topology`
    /// @param restart `not needed`, `not needed, new connections or keys only` or `needed`; null where meaningless
    public record ChangeView(
            String kind,
            String subject,
            String node,
            @Nullable String name,
            String from,
            String to,
            @Nullable String restart,
            List<String> apply,
            List<String> verify,
            List<String> undo) {}

    public record Expectation(Metric metric, double low, double expected, double high, String basis) {}

    /// Another way to mend the same finding, with its trade-offs.
    public record Option(
            String title, String reason, String cost, String risk, List<String> serves, List<String> harms) {}

    /// What to watch afterwards: a query and when it should alert.
    public record Watch(String query, String alertWhen, String why) {}

    public record ProofView(
            String of, Proof.Verdict verdict, List<Comparison> comparisons, String setting, String reason) {}

    public record Comparison(
            Metric metric, double baseline, double candidate, double change, double low, double high, int pairs) {}

    public record Note(
            String rule, String title, Severity severity, List<String> affects, String node, List<Seen> seen) {}

    public record Settled(String subject, String winner, String loser, String reason) {}

    public record Question(String requirement, String text, List<Answer> answers) {}

    public record Answer(String answer, List<String> changes) {}

    /// @param verdict `found`, `healthy`, `not applicable` or `unknown`
    public record Checked(String rule, String title, String topic, String node, String verdict, String detail) {}

    public record Probe(String node, String probe, String tier, long calls, double elapsedMillis, String outcome) {}
}
