package io.cachewright.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachewright.domain.ByteSize;
import io.cachewright.domain.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CachePolicyTest {

    private static final Path REFERENCE = Path.of("..", "docs", "reference", "cache-policy.md");

    @Test
    void theFileAndTheBuilderSayTheSame() {
        CachePolicy parsed = CachePolicy.parse("policy.yaml", """
                version: 1
                classes:
                  quotes:
                    prefix: "md:quote:"
                    freshness: 250ms
                    near: {bytes: 64mb, ttl: 5m}
                    loading: {ttl: 30s, ttl-jitter: 20%, once-per-fleet: true}
                  limits:
                    prefix: "risk:limit:"
                    freshness: strict
                    when-unproved: refuse
                """);
        assertThat(parsed)
                .isEqualTo(CachePolicy.of(
                        CacheClass.builder("quotes", "md:quote:")
                                .freshness(Freshness.bounded(Duration.ofMillis(250)))
                                .nearBound(NearBound.bytes(new ByteSize(64 << 20)))
                                .nearTtl(Duration.ofMinutes(5))
                                .loading(LoadLimits.builder(Duration.ofSeconds(30))
                                        .ttlJitter(0.2)
                                        .oncePerFleet(true)
                                        .build())
                                .build(),
                        CacheClass.builder("limits", "risk:limit:")
                                .freshness(Freshness.strict())
                                .whenUnproved(WhenUnproved.REFUSE)
                                .build()));
    }

    @Test
    void tellsEveryProblemOfAFileWithItsLine() {
        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> CachePolicy.parse("policy.yaml", """
                version: 2
                classes:
                  quotes:
                    prefix: "md:"
                    freshnes: strict
                    near:
                      entries: 0
                      bytes: 64mb
                  books:
                    prefix: "md:book:"
                    freshness: soon
                    when-unproved: refuse-it
                    writers: me
                    durability: replicated(0)
                  effort:
                    freshness: best-effort
                    when-unproved: refuse
                    loading:
                      soft-timeout: 3s
                      hard-timeout: 1s
                """));
        assertThat(refusal.problems())
                .containsExactly(
                        "line 1: `version` must be 1, was `2`",
                        "line 5: unknown key `classes.quotes.freshnes`; did you mean `freshness`?",
                        "line 7: `classes.quotes.near.entries` must be a whole number from 1 to 2147483647, was `0`",
                        "line 8: `classes.quotes.near.bytes` cannot be given together with `entries`: one bound or the other",
                        "line 10: `classes.books.prefix` overlaps `md:` of class quotes: a key must belong to one class",
                        "line 11: `classes.books.freshness` must be strict, best-effort, or the greatest age such as 250ms (365d at most), was `soon`",
                        "line 12: `classes.books.when-unproved` must be one of remote, degrade, refuse, was `refuse-it`",
                        "line 13: `classes.books.writers` must be one of any, library, was `me`",
                        "line 14: `classes.books.durability` must be async, replicated(1 to 16) or durable(0 to 16), was `replicated(0)`",
                        "line 16: `classes.effort.prefix` is missing",
                        "line 16: `classes.effort` best-effort has nothing to prove, so it cannot refuse: give it a greatest age, such as 250ms, or make it strict",
                        "line 19: `classes.effort.loading.ttl` is missing",
                        "line 19: `classes.effort.loading.soft-timeout` must not exceed `hard-timeout`, were 3s and 1s");
    }

    @Test
    void readsHowValuesBecomeInvalidTogether() {
        CachePolicy parsed = CachePolicy.parse("policy.yaml", """
                version: 1
                classes:
                  instruments:
                    prefix: "ref:"
                    invalidation:
                      key: "ref:{I}"
                      cascades:
                        - tag: "instrument:{I}"
                        - class: margins
                        - key: "margin:{I}"
                  margins:
                    prefix: "margin:"
                    loading: {ttl: 30s}
                    invalidation: {key: "margin:{I}", tags: ["instrument:{I}"], by-generation: true}
                """);
        InvalidationRules rules = parsed.classes().getFirst().invalidation();
        assertThat(rules.cascades()).hasToString("[tag instrument:{I}, class margins, key margin:{I}]");
        assertThat(parsed.classes().getLast().invalidation().tagsOf("margin:VOD.L"))
                .containsExactly("instrument:VOD.L");
        assertThat(CachePolicy.parse("again", parsed.toYaml())).isEqualTo(parsed);
    }

    @Test
    void tellsWhatIsWrongWithInvalidation() {
        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> CachePolicy.parse("policy.yaml", """
                version: 1
                classes:
                  a:
                    prefix: "a:"
                    loading: {ttl: 30s, waiting-max: 0, breaker-failures: 200%}
                    invalidation:
                      key: "b:{I}{J}"
                      tags: ["t:{X}"]
                      cascades:
                        - {key: "a:1", tag: "x"}
                        - {clas: b}
                  b:
                    prefix: "cachewright:"
                    invalidation: {by-generation: true}
                """));
        assertThat(refusal.problems())
                .anyMatch(problem -> problem.startsWith("line 5: `classes.a.loading.waiting-max`"))
                .anyMatch(problem -> problem.startsWith("line 5: `classes.a.loading.breaker-failures`"))
                .anyMatch(problem ->
                        problem.contains("line 7: `classes.a.invalidation.key` 'b:{I}{J}' has two variables"))
                .anyMatch(problem -> problem.contains("tag t:{X} has variables [X]"))
                .anyMatch(problem -> problem.startsWith("line 10: ") && problem.contains("one of `key`, `tag`"))
                .anyMatch(problem -> problem.contains("unknown key `classes.a.invalidation.cascades[1].clas`"))
                .anyMatch(problem ->
                        problem.contains("line 13: `classes.b.prefix` takes in keys that start with cachewright:"))
                .anyMatch(problem -> problem.contains("only values that are loaded carry tags"));
    }

    @Test
    void tellsOfACascadeInTheLineOfItsClass() {
        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> CachePolicy.parse("policy.yaml", """
                version: 1
                classes:
                  a:
                    prefix: "a:"
                    invalidation: {key: "a:{I}", cascades: [{key: "b:{I}"}, {class: c}, {class: b}]}
                  b:
                    prefix: "b:"
                    invalidation: {key: "b:{I}", cascades: [{key: "a:{I}"}]}
                """));
        assertThat(refusal.problems())
                .containsExactly(
                        "line 5: `classes.a.invalidation` a cascades to class c, which does not exist",
                        "line 5: `classes.a.invalidation` a cascades to class b, which is not invalidated by generation:"
                                + " say `by-generation: true` there",
                        "line 5: `classes.a.invalidation` a cascades to class b, and b to key a:{I}, whose variables are"
                                + " not known then",
                        "line 5: `classes.a.invalidation` cascades run in a circle: a → b → a");
    }

    @Test
    void variablesInSmallLettersAreASlip() {
        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> CachePolicy.parse("policy.yaml", """
                version: 1
                classes:
                  a:
                    prefix: "a:"
                    loading: {ttl: 30s}
                    invalidation: {key: "a:{i}"}
                  b:
                    prefix: "b:"
                    loading: {ttl: 30s}
                    invalidation: {key: "b:{desk}:{I}", tags: ["t:{i}", "of:{desk}"]}
                """));
        assertThat(refusal.problems())
                .containsExactly(
                        "line 6: `classes.a.invalidation` key a:{i} has no variables: they are written in capitals, as in {I}",
                        "line 10: `classes.b.invalidation` tag t:{i} has {i}, which is no variable: write it in capitals");
    }

    @Test
    void saysThatAPrefixWithAColonAtItsEndNeedsQuotes() {
        assertThatThrownBy(
                        () -> CachePolicy.parse("policy.yaml", "version: 1\nclasses:\n  a:\n    prefix: md:quote:\n"))
                .hasMessageContaining("line 4: not YAML")
                .hasMessageContaining("a text with a colon at its end, or before a space, needs quotes");
    }

    @Test
    void refusesTimesThatAreMeantAsForEver() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        assertThatThrownBy(() -> CacheClass.builder("a", "a:").nearTtl(forever).build())
                .hasMessageContaining("nearTtl must be 0s to 365d");
        assertThatThrownBy(() -> Freshness.bounded(forever)).hasMessageContaining("bound must be at most 365d");
        assertThatThrownBy(() -> LoadLimits.builder(forever).build()).hasMessageContaining("ttl must be 1ms to 365d");
        assertThatThrownBy(() -> CachePolicy.parse(
                        "policy.yaml",
                        "version: 1\nclasses: {a: {prefix: 'a:', freshness: 999999999d, near: {bytes: 0}}}"))
                .hasMessageContaining("365d at most")
                .hasMessageContaining("bytes` must be at least 1");
    }

    @Test
    void refusesAPolicyWithoutClasses() {
        assertThatThrownBy(() -> CachePolicy.parse("policy.yaml", "version: 1\nclasses: {}"))
                .hasMessageContaining("at least one class");
        assertThatThrownBy(CachePolicy::of).hasMessageContaining("at least one class");
    }

    @Test
    void theExampleOfTheReferenceIsValid() throws IOException {
        String page = Files.readString(REFERENCE);
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        CachePolicy policy = CachePolicy.parse("the example", page.substring(start, page.indexOf("```", start)));
        assertThat(policy.classes()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Property(tries = 200)
    void whatIsWrittenReadsBackTheSame(@ForAll("classes") CacheClass one) {
        CachePolicy policy =
                CachePolicy.of(one, CacheClass.builder("other", "\u0001other:").build());
        assertThat(CachePolicy.parse("policy.yaml", policy.toYaml())).isEqualTo(policy);
    }

    @Provide
    Arbitrary<CacheClass> classes() {
        Arbitrary<String> names = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(name -> !name.isBlank() && !name.equals("other") && isPlainText(name));
        Arbitrary<Freshness> freshness = Arbitraries.oneOf(
                Arbitraries.just(Freshness.strict()),
                Arbitraries.just(Freshness.bestEffort()),
                Arbitraries.longs().between(1, 1L << 50).map(Duration::ofNanos).map(Freshness::bounded));
        Arbitrary<NearBound> bounds = Arbitraries.oneOf(
                Arbitraries.longs().between(1, 1 << 30).map(NearBound::entries),
                Arbitraries.longs().between(1, 1L << 50).map(ByteSize::new).map(NearBound::bytes));
        Arbitrary<Duration> durations = Arbitraries.longs().between(1, 1L << 30).map(Duration::ofMillis);
        Arbitrary<LoadLimits> loading = Combinators.combine(
                        durations, Arbitraries.doubles().between(0, 0.5), Arbitraries.of(true, false), durations)
                .as((ttl, jitter, fleet, soft) -> LoadLimits.builder(ttl)
                        .ttlJitter(jitter)
                        .oncePerFleet(fleet)
                        .softTimeout(soft)
                        .hardTimeout(soft.plusMillis(1))
                        .build());
        return Combinators.combine(
                        names,
                        freshness,
                        bounds,
                        durations,
                        loading.optional(),
                        Arbitraries.of(WhenUnproved.REMOTE, WhenUnproved.DEGRADE),
                        Arbitraries.of(Writers.class),
                        Arbitraries.of(Durability.async(), Durability.replicated(2), Durability.durable(0)))
                .as((name, fresh, bound, ttl, load, unproved, writers, durability) -> {
                    CacheClass.Builder builder = CacheClass.builder(name, "\u0002" + name)
                            .freshness(fresh)
                            .whenUnproved(unproved)
                            .nearBound(bound)
                            .nearTtl(ttl)
                            .writers(writers)
                            .durability(durability);
                    load.ifPresent(builder::loading);
                    return builder.build();
                });
    }

    /// What YAML can hold: no lone surrogates.
    private static boolean isPlainText(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }
}
