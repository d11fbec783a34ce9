package io.cachewright.optimizer.report;

import io.cachewright.domain.Durations;
import io.cachewright.domain.Reading;
import io.cachewright.drawing.Words;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.ChangeSteps;
import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.profile.WorkloadProfile;
import io.cachewright.optimizer.prove.Proof;
import io.cachewright.optimizer.prove.Proofs;
import io.cachewright.optimizer.recommend.Monitoring;
import io.cachewright.optimizer.recommend.MonitoringQuery;
import io.cachewright.optimizer.recommend.Plan;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Flattens a result into what its readers see.
public final class Reporter {

    private Reporter() {}

    public static ReportView report(Report report) {
        Evidence evidence = report.evidence();
        Map<String, Proof> proofs = report.proofs().stream()
                .collect(Collectors.toMap(Proof::recommendation, Function.identity(), (first, _) -> first));
        List<String> planned = report.plan().recommendations().stream()
                .map(Plan.Recommendation::id)
                .toList();
        return new ReportView(
                ReportView.FORMAT_VERSION,
                evidence.collectedWith(),
                evidence.target(),
                evidence.nodes().stream().map(Reporter::server).toList(),
                evidence.startedAt(),
                report.profile().window().toMillis() / 1000.0,
                profile(report.profile()),
                report.plan().recommendations().stream()
                        .map(recommendation ->
                                recommendation(recommendation, proofs.get(recommendation.id()), evidence))
                        .toList(),
                notes(report),
                report.plan().settled().stream()
                        .map(s -> new ReportView.Settled(s.subject(), s.winner(), s.loser(), s.reason()))
                        .toList(),
                report.plan().questions().stream()
                        .map(q -> new ReportView.Question(
                                q.requirement(),
                                q.text(),
                                q.answers().stream()
                                        .map(a -> new ReportView.Answer(a.answer(), a.changes()))
                                        .toList()))
                        .toList(),
                report.proofs().stream()
                        .filter(proof -> !planned.contains(proof.recommendation()))
                        .map(Reporter::proof)
                        .toList(),
                report.diagnosis().judgements().stream().map(Reporter::checked).toList(),
                evidence.probes().stream()
                        .map(p -> new ReportView.Probe(
                                p.node(),
                                p.probe(),
                                words(p.tier()),
                                p.calls(),
                                p.elapsed().toNanos() / 1e6,
                                p.outcome()))
                        .toList());
    }

    /// Only what was found, most severe first, without advice: findings that one recommendation mends together each
    /// stand for themselves here.
    public static ReportView diagnosis(Report report) {
        return report(report)
                .withoutAdvice(report.diagnosis().found().stream()
                        .map(found -> note(found.finding()))
                        .sorted(Comparator.comparing(ReportView.Note::severity).reversed())
                        .toList());
    }

    private static String server(NodeEvidence node) {
        String version = switch (node.version()) {
            case Reading.Known(var known) -> known.toString();
            case Reading.Unavailable(var _, var _) -> "unknown version";
        };
        String role = node.info().isKnown() ? node.isReplica() ? ", replica" : ", primary" : "";
        return version + role + " at " + node.address();
    }

    private static ReportView.Profile profile(WorkloadProfile profile) {
        return new ReportView.Profile(
                orNull(profile.opsPerSecond()),
                orNull(profile.busyShare()),
                orNull(profile.hitRatio()),
                orNull(profile.bytesInPerSecond()),
                orNull(profile.bytesOutPerSecond()),
                orNull(profile.writeShare()),
                orNull(profile.totalKeys()),
                orNull(profile.usedBytes()),
                profile.families().toOptional().stream()
                        .flatMap(List::stream)
                        .map(Reporter::family)
                        .toList(),
                profile.commands().toOptional().stream()
                        .flatMap(List::stream)
                        .map(c -> new ReportView.Command(
                                c.name(), c.callsPerSecond(), c.microsPerCall(), c.serverTimeShare()))
                        .toList());
    }

    private static ReportView.Family family(KeyFamily family) {
        return new ReportView.Family(
                family.pattern(),
                family.useCase().label(),
                family.confidence(),
                family.estimatedKeys(),
                family.estimatedBytes(),
                family.mainType(),
                family.encodings().keySet().stream().sorted().toList(),
                Double.isNaN(family.withoutTtlShare()) ? null : family.withoutTtlShare());
    }

    private static ReportView.Recommendation recommendation(
            Plan.Recommendation recommendation, @Nullable Proof proof, Evidence evidence) {
        Finding finding = recommendation.finding();
        Remedy remedy = recommendation.remedy();
        return new ReportView.Recommendation(
                recommendation.number(),
                recommendation.id(),
                finding.ruleId(),
                remedy.title(),
                finding.title(),
                finding.severity(),
                words(finding.affects()),
                finding.node(),
                finding.families(),
                seen(finding),
                remedy.reason(),
                remedy.changes().stream().map(Reporter::change).toList(),
                remedy.expect().stream()
                        .filter(Effect.Relative.class::isInstance)
                        .map(Effect.Relative.class::cast)
                        .map(e -> new ReportView.Expectation(e.metric(), e.low(), e.expected(), e.high(), e.basis()))
                        .toList(),
                remedy.expect().stream()
                        .filter(Effect.Protection.class::isInstance)
                        .map(Effect.Protection.class::cast)
                        .map(Effect.Protection::text)
                        .toList(),
                remedy.risk().text(),
                words(remedy.risk().level()),
                remedy.cost(),
                words(remedy.serves()),
                words(remedy.harms()),
                recommendation.conflictsWith(),
                recommendation.alsoMends().stream()
                        .map(also -> also.ruleId() + " " + also.title())
                        .toList(),
                recommendation.options().stream()
                        .map(option -> new ReportView.Option(
                                option.title(),
                                option.reason(),
                                option.cost(),
                                option.risk().text(),
                                words(option.serves()),
                                words(option.harms())))
                        .toList(),
                remedy.changes().stream()
                        .flatMap(change -> practice(change).stream())
                        .map(Practice::name)
                        .distinct()
                        .toList(),
                Monitoring.forRecommendation(recommendation, evidence).stream()
                        .map(Reporter::watch)
                        .toList(),
                proof == null ? null : proof(proof),
                withdrawn(recommendation, proof));
    }

    private static @Nullable String withdrawn(Plan.Recommendation recommendation, @Nullable Proof proof) {
        if (proof == null || !Proofs.contradicts(recommendation, proof)) {
            return null;
        }
        return proof.verdict() == Proof.Verdict.WORSE
                ? "measured on a shadow it makes things worse"
                : "measured on a shadow it makes no difference where one was expected";
    }

    private static ReportView.ChangeView change(Change change) {
        ChangeSteps steps = ChangeSteps.of(change);
        return new ReportView.ChangeView(
                kind(change),
                change.subject(),
                steps.where(),
                name(change),
                from(change),
                to(change),
                restart(change),
                lines(steps.apply()),
                steps.after().stream()
                        .map(check -> check.line().text() + "   → " + check.expected())
                        .toList(),
                lines(steps.undo()));
    }

    /// The change that a saved report describes, when it is one that needs no people: a parameter that takes effect at
    /// once, or an ACL rule.
    public static Optional<Change> automaticChange(ReportView.ChangeView view) {
        if (view.name() == null) {
            return Optional.empty();
        }
        if (view.kind().equals("acl")) {
            return Optional.of(new Change.SetAcl(view.node(), view.name(), view.to(), view.from()));
        }
        return view.kind().equals("parameter") && !"needed".equals(view.restart())
                ? Optional.of(new Change.SetParameter(
                        view.node(), view.name(), view.from(), view.to(), Change.Restart.NOT_NEEDED))
                : Optional.empty();
    }

    private static @Nullable String name(Change change) {
        return switch (change) {
            case Change.SetParameter set -> set.name();
            case Change.SetAcl acl -> acl.user();
            case Change.SetHost _, Change.SetTimeToLive _, Change.Remodel _ -> null;
            case Change.ChangeClient _, Change.ChangeTopology _ -> null;
        };
    }

    private static List<String> lines(List<ChangeSteps.Line> lines) {
        return lines.stream().map(ChangeSteps.Line::text).toList();
    }

    private static String kind(Change change) {
        return switch (change) {
            case Change.SetParameter _ -> "parameter";
            case Change.SetAcl _ -> "acl";
            case Change.SetHost _ -> "host";
            case Change.SetTimeToLive _ -> "ttl";
            case Change.Remodel _ -> "model";
            case Change.ChangeClient _ -> "client";
            case Change.ChangeTopology _ -> "topology";
        };
    }

    private static String from(Change change) {
        return switch (change) {
            case Change.SetParameter set -> set.oldValue();
            case Change.SetAcl acl -> acl.undoRule();
            case Change.SetHost host -> host.oldValue();
            case Change.SetTimeToLive ttl ->
                ttl.oldTimeToLive().map(Durations::format).orElse("never expires");
            case Change.Remodel remodel -> remodel.from();
            case Change.ChangeClient client -> client.from();
            case Change.ChangeTopology topology -> topology.from();
        };
    }

    private static String to(Change change) {
        return switch (change) {
            case Change.SetParameter set -> set.newValue();
            case Change.SetAcl acl -> acl.rule();
            case Change.SetHost host -> host.newValue();
            case Change.SetTimeToLive ttl ->
                Durations.format(ttl.newTimeToLive())
                        + (ttl.jitterShare() == 0 ? "" : " ± " + Words.share(ttl.jitterShare()));
            case Change.Remodel remodel -> remodel.to();
            case Change.ChangeClient client -> client.to();
            case Change.ChangeTopology topology -> topology.to();
        };
    }

    private static @Nullable String restart(Change change) {
        return change instanceof Change.SetParameter set
                ? switch (set.restart()) {
                    case NOT_NEEDED -> "not needed";
                    case NOT_NEEDED_FOR_NEW -> "not needed, new connections or keys only";
                    case NEEDED -> "needed";
                }
                : null;
    }

    private static Optional<Practice> practice(Change change) {
        return switch (change) {
            case Change.Remodel remodel -> Optional.of(remodel.practice());
            case Change.ChangeClient client -> Optional.of(client.practice());
            case Change.SetParameter _, Change.SetAcl _, Change.SetHost _, Change.SetTimeToLive _ -> Optional.empty();
            case Change.ChangeTopology _ -> Optional.empty();
        };
    }

    private static List<ReportView.Seen> seen(Finding finding) {
        return finding.seen().stream()
                .map(o -> new ReportView.Seen(o.text(), o.source()))
                .toList();
    }

    private static ReportView.ProofView proof(Proof proof) {
        return new ReportView.ProofView(
                proof.recommendation(),
                proof.verdict(),
                proof.comparisons().stream()
                        .map(c -> new ReportView.Comparison(
                                c.metric(), c.baseline(), c.candidate(), c.change(), c.low(), c.high(), c.pairs()))
                        .toList(),
                proof.setting(),
                proof.reason());
    }

    private static ReportView.Watch watch(MonitoringQuery query) {
        return new ReportView.Watch(
                query.expression(), query.alert() + " for " + Durations.format(query.sustained()), query.basis());
    }

    /// Findings without a remedy: only people can decide what to do.
    private static List<ReportView.Note> notes(Report report) {
        return report.diagnosis().found().stream()
                .filter(found -> found.remedies().isEmpty())
                .map(Verdict.Found::finding)
                .map(Reporter::note)
                .toList();
    }

    private static ReportView.Note note(Finding f) {
        return new ReportView.Note(f.ruleId(), f.title(), f.severity(), words(f.affects()), f.node(), seen(f));
    }

    private static ReportView.Checked checked(Judgement judgement) {
        String verdict = switch (judgement.verdict()) {
            case Verdict.Found _ -> "found";
            case Verdict.Healthy _ -> "healthy";
            case Verdict.NotApplicable _ -> "not applicable";
            case Verdict.Unknown _ -> "unknown";
        };
        String detail = switch (judgement.verdict()) {
            case Verdict.Found found -> found.finding().seen().getFirst().text();
            case Verdict.Healthy(String text) -> text;
            case Verdict.NotApplicable(String reason) -> reason;
            case Verdict.Unknown(String missing) -> missing;
        };
        return new ReportView.Checked(
                judgement.rule().id(),
                judgement.rule().title(),
                judgement.rule().topic().label(),
                judgement.node(),
                verdict,
                detail);
    }

    private static List<String> words(Collection<Objective> objectives) {
        return objectives.stream().sorted().map(Reporter::words).toList();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static <T> @Nullable T orNull(Reading<T> reading) {
        return reading.toOptional().orElse(null);
    }
}
