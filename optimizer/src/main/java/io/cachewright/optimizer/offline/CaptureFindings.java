package io.cachewright.optimizer.offline;

import io.cachewright.capture.antipattern.AntiPattern;
import io.cachewright.capture.antipattern.AntiPatternWatch;
import io.cachewright.capture.antipattern.Cost;
import io.cachewright.capture.antipattern.Sighting;
import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.Coverage;
import io.cachewright.domain.InvalidInput;
import io.cachewright.drawing.Words;
import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.diagnose.Finding.Observation;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.ProbeCost;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a capture of commands says is wrong: a judgement for each anti-pattern, found or not seen, beside evidence in
/// which everything that a server would have to be asked for is unavailable.
///
/// @param evidence of a deployment of which only the commands are known
/// @param judgements one an anti-pattern
public record CaptureFindings(Evidence evidence, List<Judgement> judgements) {

    private static final String ID_PREFIX = "CAP-";

    public CaptureFindings {
        judgements = List.copyOf(judgements);
    }

    /// Reads the capture once.
    ///
    /// @param source names it for people
    /// @param collectedWith the version of Cachewright
    /// @throws InvalidInput when it holds no command that can be read
    /// @throws io.cachewright.capture.command.MalformedCapture when it breaks off its own format
    public static CaptureFindings of(Capture capture, String source, String collectedWith) throws IOException {
        long start = System.nanoTime();
        AntiPatternWatch watch = new AntiPatternWatch();
        Coverage coverage = capture.read(watch);
        if (coverage.commands() == 0) {
            throw new InvalidInput(source, List.of("holds no command that can be read"));
        }
        List<Sighting> sightings = watch.finish();
        List<Judgement> judgements = AntiPatternWatch.all().stream()
                .map(AntiPattern::facts)
                .map(facts -> new Judgement(card(facts), source, verdict(facts, sightings, coverage, source)))
                .toList();
        Evidence evidence = new Evidence(
                source,
                collectedWith,
                instant(coverage.firstNanos()),
                instant(coverage.lastNanos()),
                List.of(Untold.node("a capture of commands", source)),
                List.of(new ProbeCost(
                        source,
                        "read " + Words.count(coverage.commands()) + " commands of the " + capture.kind(),
                        ProbeCost.Tier.FREE,
                        0,
                        Duration.ofNanos(System.nanoTime() - start),
                        outcome(coverage))));
        return new CaptureFindings(evidence, judgements);
    }

    private static String outcome(Coverage coverage) {
        return coverage.notes().isEmpty()
                ? "ran"
                : "ran; " + coverage.notes().stream().map(Coverage.Note::text).collect(Collectors.joining("; "));
    }

    private static RuleCard card(AntiPattern.Facts facts) {
        return new RuleCard(
                ID_PREFIX + facts.id(),
                sentence(facts.title()),
                topic(facts.severity()),
                RuleCard.Scope.PRIMARY,
                Set.of(),
                sentence(facts.better()),
                List.of("catalogue " + facts.id()));
    }

    private static Verdict verdict(
            AntiPattern.Facts facts, List<Sighting> sightings, Coverage coverage, String source) {
        return sightings.stream()
                .filter(seen -> seen.facts().id().equals(facts.id()))
                .findFirst()
                .<Verdict>map(seen -> new Verdict.Found(finding(seen, coverage, source), List.of()))
                .orElseGet(() -> new Verdict.Healthy("not seen in " + Words.count(coverage.commands()) + " commands"));
    }

    private static Finding finding(Sighting seen, Coverage coverage, String source) {
        AntiPattern.Facts facts = seen.facts();
        List<Observation> observations = new ArrayList<>();
        observations.add(new Observation(
                Words.count(seen.count()) + (seen.count() == 1 ? " time" : " times") + cost(seen.cost()),
                Words.count(coverage.commands()) + " captured commands"));
        if (!seen.families().isEmpty()) {
            observations.add(new Observation(String.join(", ", seen.families()), "families, keys seen"));
        }
        seen.example().forEach(line -> observations.add(new Observation(line, "captured")));
        observations.add(new Observation("better: " + facts.better(), "catalogue " + facts.id()));
        return new Finding(
                ID_PREFIX + facts.id(),
                sentence(facts.title()),
                topic(facts.severity()),
                severity(facts.severity()),
                Set.of(affects(facts.severity())),
                observations,
                source,
                seen.families());
    }

    /// What it cost beyond what the right way would, as far as anything is known.
    private static String cost(Cost cost) {
        List<String> parts = new ArrayList<>();
        if (cost.roundTrips() > 0) {
            parts.add(Words.count(cost.roundTrips()) + " round trips");
        }
        if (cost.bytes() > 0) {
            parts.add(Words.bytes(cost.bytes()));
        }
        if (cost.nanos() > 0) {
            parts.add(Words.duration((double) cost.nanos()) + " on the wire");
        }
        return parts.isEmpty() ? "" : "; it cost " + String.join(", ", parts) + " more than the right way";
    }

    /// Wrong data and open secrets are graver than time, and time than memory.
    private static Severity severity(AntiPattern.Severity severity) {
        return switch (severity) {
            case CORRUPTS, SECURITY -> Severity.HIGH;
            case PERFORMANCE -> Severity.MEDIUM;
            case MEMORY -> Severity.LOW;
        };
    }

    private static Topic topic(AntiPattern.Severity severity) {
        return switch (severity) {
            case CORRUPTS -> Topic.TRADING;
            case SECURITY -> Topic.SECURITY;
            case PERFORMANCE -> Topic.LATENCY;
            case MEMORY -> Topic.MEMORY;
        };
    }

    private static Objective affects(AntiPattern.Severity severity) {
        return switch (severity) {
            case CORRUPTS -> Objective.CONSISTENCY;
            case SECURITY -> Objective.SECURITY;
            case PERFORMANCE -> Objective.LATENCY;
            case MEMORY -> Objective.MEMORY;
        };
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    private static String sentence(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
    }
}
