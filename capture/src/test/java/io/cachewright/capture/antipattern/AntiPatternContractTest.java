package io.cachewright.capture.antipattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cachewright.capture.command.CapturedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every anti-pattern keeps.
class AntiPatternContractTest {

    @Test
    void thereAreAtLeastTwentyAndTheirIdsDiffer() {
        List<String> ids = AntiPatternWatch.all().stream()
                .map(pattern -> pattern.facts().id())
                .toList();
        assertThat(ids).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> eachIsSeenInItsFixtureAndNotInTheSoundOne() {
        return AntiPatternWatch.all().stream()
                .map(pattern -> dynamicTest(
                        pattern.facts().id() + ": " + pattern.facts().title(), () -> {
                            String id = pattern.facts().id();
                            Fixture fixture = Fixture.of(id);
                            List<Sighting> seen = watch(pattern, fixture.fires());
                            assertThat(seen).hasSize(1);
                            keepsWhatASightingPromises(seen.getFirst(), fixture.fires());
                            assertThat(watch(pattern, fixture.silent())).isEmpty();
                            assertThat(watch(pattern, fixture.fires())).isEqualTo(seen);
                        }));
    }

    private static void keepsWhatASightingPromises(Sighting sighting, List<CapturedCommand> commands) {
        assertThat(sighting.count()).isGreaterThanOrEqualTo(sighting.facts().enough());
        assertThat(sighting.example())
                .isNotEmpty()
                .allMatch(line -> line.matches("\\+\\d+\\.\\d{6} s {2}.+|… \\d+ more"));
        // Long values of fixtures are made of these letters.
        assertThat(String.join("\n", sighting.example())).doesNotContain("zzzz").doesNotContain("yyyy");
        assertThat(sighting.firstNanos())
                .isBetween(commands.getFirst().timeNanos(), commands.getLast().timeNanos());
        assertThat(sighting.lastNanos())
                .isBetween(sighting.firstNanos(), commands.getLast().timeNanos());
        assertThat(sighting.facts().better()).isNotBlank();
    }

    private static List<Sighting> watch(AntiPattern pattern, List<CapturedCommand> commands) {
        AntiPatternWatch watch = new AntiPatternWatch(List.of(pattern));
        commands.forEach(watch);
        return watch.finish();
    }

    @Test
    void theReferencePageListsExactlyTheseAntiPatterns() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..").resolve("docs/reference/captures.md")).stream()
                .filter(line -> line.matches("\\| [A-Z]+\\d+[a-z]? \\|.*"))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(AntiPatternWatch.all().stream()
                        .map(AntiPattern::facts)
                        .map(facts -> "| " + facts.id() + " | " + facts.title() + " | " + facts.better() + " |")
                        .toList());
    }

    @Test
    void namesOfKeysAreToldWithoutTheSecretsInThem() {
        AntiPatternWatch watch = new AntiPatternWatch();
        Fixture.of("S1").fires().forEach(watch);
        Fixture.of("C2").fires().forEach(watch);
        String told = watch.finish().toString();
        assertThat(told).doesNotContain("IOSFODNN7").doesNotContain("c44298fc1c");
    }
}
