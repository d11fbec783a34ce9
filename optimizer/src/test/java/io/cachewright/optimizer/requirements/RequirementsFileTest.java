package io.cachewright.optimizer.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachewright.domain.ByteSize;
import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.requirements.Requirements.Money;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.requirements.Requirements.Regime;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequirementsFileTest {

    private static final Path DOCS = Path.of("..", "docs", "reference");

    @Test
    void readsEveryKey() {
        Requirements requirements = RequirementsFile.read("""
                peak-ops-per-second: 120_000
                latency-budget: 2ms
                data-size: 8gb
                staleness-max: 100ms
                store-role: system-of-record
                regimes: [mifid-ii, dora]
                rpo: 0s
                rto: 30s
                regions: [eu-west-2, us-east-1]
                monthly-budget: 5000 USD
                priorities: [durability, latency]
                """, "requirements.yaml");

        assertThat(requirements)
                .isEqualTo(new Requirements(
                        OptionalLong.of(120_000),
                        Optional.of(Duration.ofMillis(2)),
                        Optional.of(new ByteSize(8L << 30)),
                        Optional.of(Duration.ofMillis(100)),
                        Optional.of(StoreRole.SYSTEM_OF_RECORD),
                        Optional.of(Set.of(Regime.MIFID_II, Regime.DORA)),
                        Optional.of(Duration.ZERO),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of(List.of("eu-west-2", "us-east-1")),
                        Optional.of(new Money(new BigDecimal("5000"), "USD")),
                        List.of(Objective.DURABILITY, Objective.LATENCY)));
    }

    @Test
    void leavesUnknownWhatIsNotGiven() {
        Requirements requirements = RequirementsFile.read("rpo: 1s\n", "requirements.yaml");

        assertThat(Arrays.stream(RequirementKey.values()).filter(key -> key.isKnownIn(requirements)))
                .containsExactly(RequirementKey.RPO);
    }

    @Test
    void tellsEveryProblemWithItsLine() {
        InvalidInput invalid =
                catchThrowableOfType(InvalidInput.class, () -> RequirementsFile.read("""
                latency-budgett: 2ms
                rpo: 5
                store-role: database
                regimes: [none, gdpr]
                monthly-budget: 5000 XXQ
                priorities: [latency, speed, latency]
                """, "requirements.yaml"));

        assertThat(invalid.getMessage()).startsWith("requirements.yaml: ");
        assertThat(invalid.problems())
                .hasSize(7)
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("line 1: ").contains("did you mean `latency-budget`?"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 2: ").contains("such as 250ms"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 3: ").contains("cache, system-of-record"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 4: ").contains("none"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 5: ").contains("ISO 4217"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 6: ").contains("`speed`"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 6: ").contains("twice"));
    }

    @Test
    void readsSettingsByTheRulesOfTheFile() {
        Requirements given = RequirementsFile.readSettings(
                List.of("rpo=1s", "priorities=latency, memory", "regimes=[gdpr]", "rpo=0s"), "--set");

        assertThat(given.rpo()).contains(Duration.ZERO);
        assertThat(given.priorities()).containsExactly(Objective.LATENCY, Objective.MEMORY);
        assertThat(given.regimes()).contains(Set.of(Regime.GDPR));
    }

    @Test
    void tellsTheProblemsOfAllSettings() {
        assertThatThrownBy(() -> RequirementsFile.readSettings(
                        List.of("rpo=soon", "rpoo=1s", "latency", "rto=1s\nrpo: 0s"), "--set"))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.problems())
                                .hasSize(4)
                                .anySatisfy(
                                        problem -> assertThat(problem).startsWith("rpo=soon: `rpo` must be a duration"))
                                .anySatisfy(problem -> assertThat(problem).contains("did you mean `rpo`?")));
    }

    @Test
    void lettingFlagsWinKeepsWhatTheyDoNotMention() {
        Requirements file = RequirementsFile.read("rpo: 1s\nrto: 5m\n", "requirements.yaml");

        Requirements both = file.overriddenBy(RequirementsFile.readSettings(List.of("rpo=0s"), "--set"));

        assertThat(both.rpo()).contains(Duration.ZERO);
        assertThat(both.rto()).contains(Duration.ofMinutes(5));
    }

    @Property(tries = 200)
    void readsBackWhatItWrites(@ForAll("requirements") Requirements requirements) {
        assertThat(RequirementsFile.read(RequirementsFile.write(requirements), "written"))
                .isEqualTo(requirements);
    }

    @Test
    void schemaAndReferencePageKnowTheSameKeys() throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(Files.readString(DOCS.resolve("requirements.schema.json")));
        String page = Files.readString(DOCS.resolve("requirements.md"));
        Set<String> keys = new TreeSet<>();
        for (RequirementKey key : RequirementKey.values()) {
            keys.add(key.key());
        }

        assertThat(new TreeSet<>(schema.get("properties").propertyNames())).isEqualTo(keys);
        assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
        assertThat(words(schema.at("/properties/regimes/items/enum"))).isEqualTo(words(Regime.values()));
        assertThat(words(schema.at("/properties/priorities/items/enum"))).isEqualTo(words(Objective.values()));
        assertThat(words(schema.at("/properties/store-role/enum"))).isEqualTo(words(StoreRole.values()));
        assertThat(keys).allSatisfy(key -> assertThat(page).contains("| `" + key + "` |"));
    }

    @Test
    void readsTheExampleOfTheReferencePage() throws IOException {
        String page = Files.readString(DOCS.resolve("requirements.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        String example = page.substring(start, page.indexOf("```", start));

        Requirements requirements = RequirementsFile.read(example, "requirements.md");

        assertThat(requirements.rpo()).contains(Duration.ZERO);
    }

    @Provide
    Arbitrary<Requirements> requirements() {
        Arbitrary<Optional<Duration>> durations = Arbitraries.longs()
                .between(0, 100_000_000)
                .map(micros -> Duration.ofNanos(micros * 1_000))
                .optional();
        Arbitrary<Requirements> volumes = Combinators.combine(
                        Arbitraries.longs().between(1, 1_000_000_000).optional(),
                        Arbitraries.longs()
                                .between(1, 1_000_000)
                                .map(micros -> Duration.ofNanos(micros * 1_000))
                                .optional(),
                        Arbitraries.longs()
                                .between(0, Long.MAX_VALUE / 2)
                                .map(ByteSize::new)
                                .optional(),
                        durations,
                        Arbitraries.of(StoreRole.class).optional())
                .as((ops, budget, size, staleness, role) -> new Requirements(
                        ops.isPresent() ? OptionalLong.of(ops.get()) : OptionalLong.empty(),
                        budget,
                        size,
                        staleness,
                        role,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
        Arbitrary<Requirements> duties = Combinators.combine(
                        Arbitraries.of(Regime.GDPR, Regime.CFTC, Regime.MIFID_II)
                                .set()
                                .ofMinSize(1)
                                .optional(),
                        durations,
                        durations,
                        Arbitraries.strings()
                                .withCharRange('!', '~')
                                .ofMinLength(1)
                                .ofMaxLength(12)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3)
                                .optional(),
                        Arbitraries.longs()
                                .between(0, 10_000_000)
                                .map(cents -> new Money(BigDecimal.valueOf(cents, 2), "EUR"))
                                .optional(),
                        Arbitraries.of(Objective.class).list().uniqueElements().ofMaxSize(4))
                .as((regimes, rpo, rto, regions, money, priorities) -> new Requirements(
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        regimes,
                        rpo,
                        rto,
                        regions,
                        money,
                        priorities));
        return Combinators.combine(volumes, duties).as(Requirements::overriddenBy);
    }

    private static Set<String> words(JsonNode array) {
        Set<String> words = new TreeSet<>();
        array.forEach(word -> words.add(word.stringValue()));
        return words;
    }

    private static Set<String> words(Enum<?>[] constants) {
        Set<String> words = new TreeSet<>();
        for (Enum<?> constant : constants) {
            words.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return words;
    }
}
