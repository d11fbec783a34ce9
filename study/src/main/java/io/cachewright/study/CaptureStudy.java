package io.cachewright.study;

import io.cachewright.capture.Watchers;
import io.cachewright.capture.antipattern.AntiPatternWatch;
import io.cachewright.capture.antipattern.Sighting;
import io.cachewright.capture.behaviour.Behaviour;
import io.cachewright.capture.behaviour.BehaviourWatch;
import io.cachewright.capture.behaviour.HotKey;
import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.Coverage;
import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.keys.RedactedName;
import io.cachewright.domain.keys.UseCasePlacement;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a capture once and says what its clients do, and what is wrong with it.
public final class CaptureStudy {

    private CaptureStudy() {}

    /// @param source names the capture for people
    /// @param tool the version of Cachewright
    /// @throws InvalidInput when the capture holds no command that can be read
    public static CaptureView view(Capture capture, String source, String tool) throws IOException {
        BehaviourWatch behaviour = new BehaviourWatch();
        AntiPatternWatch antiPatterns = new AntiPatternWatch();
        CommandLatencies latencies = new CommandLatencies();
        Coverage coverage = Watchers.read(capture, List.of(behaviour.andThen(latencies), antiPatterns));
        List<String> notes = coverage.notes().stream().map(Coverage.Note::text).toList();
        if (coverage.commands() == 0) {
            throw new InvalidInput(
                    source,
                    List.of("holds no command that can be read" + (notes.isEmpty() ? "" : ": " + notes.getFirst())));
        }
        return view(capture, source, tool, coverage, behaviour.finish(), antiPatterns.finish(), latencies, notes);
    }

    private static CaptureView view(
            Capture capture,
            String source,
            String tool,
            Coverage coverage,
            Behaviour behaviour,
            List<Sighting> sightings,
            CommandLatencies latencies,
            List<String> notes) {
        return new CaptureView(
                CaptureView.FORMAT_VERSION,
                CaptureView.KIND,
                tool,
                source,
                capture.kind(),
                instant(coverage.firstNanos()),
                (coverage.lastNanos() - coverage.firstNanos()) / 1e9,
                behaviour.commands(),
                behaviour.reads(),
                behaviour.writes(),
                behaviour.clients(),
                behaviour.distinctKeys(),
                behaviour.mix().stream()
                        .map(use -> new CaptureView.Command(
                                use.name(),
                                use.count(),
                                share(use.count(), behaviour.commands()),
                                use.bytes(),
                                use.errors(),
                                latencies.of(use.name()).orElse(null)))
                        .toList(),
                hot(behaviour.hotByRequests()),
                hot(behaviour.hotByBytes()),
                hot(behaviour.hotByTime()),
                behaviour.families().stream()
                        .map(family -> family(family, behaviour.commands()))
                        .toList(),
                behaviour.familyShare(),
                RhythmViews.skew(behaviour),
                RhythmViews.gaps(behaviour),
                RhythmViews.bursts(behaviour, coverage.firstNanos()),
                RhythmViews.timeline(behaviour),
                sightings.stream().map(CaptureStudy::antiPattern).toList(),
                notes);
    }

    private static @Nullable Instant instant(long nanos) {
        return nanos == 0 ? null : Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    private static List<CaptureView.HotKey> hot(List<HotKey> keys) {
        return keys.stream()
                .map(key -> new CaptureView.HotKey(
                        RedactedName.ofPrintable(key.key().toString()).printed(),
                        key.estimate(),
                        key.errorMax(),
                        key.share()))
                .toList();
    }

    private static CaptureView.Family family(Behaviour.FamilyUse family, long commands) {
        return new CaptureView.Family(
                RedactedName.ofPrintable(family.pattern()).printed(),
                UseCasePlacement.of(family.pattern(), "string", Set.of())
                        .useCase()
                        .label(),
                family.keys(),
                family.requests(),
                share(family.requests(), commands),
                family.reads(),
                family.writes(),
                family.bytes(),
                family.nanos());
    }

    private static CaptureView.AntiPattern antiPattern(Sighting seen) {
        return new CaptureView.AntiPattern(
                seen.facts().id(),
                seen.facts().severity().name().toLowerCase(Locale.ROOT),
                seen.facts().title(),
                seen.facts().better(),
                seen.count(),
                seen.cost().roundTrips(),
                seen.cost().bytes(),
                seen.cost().nanos(),
                seen.families(),
                seen.example());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
