package io.cachewright.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.policy.InvalidationGraph.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InvalidationGraphTest {

    private static final LoadLimits LOADING =
            LoadLimits.builder(Duration.ofSeconds(30)).build();

    private static KeyTemplate template(String text) {
        return KeyTemplate.parse(text);
    }

    private static Cascade key(String text) {
        return new Cascade.ToKey(template(text));
    }

    private static Cascade tag(String text) {
        return new Cascade.ToTag(template(text));
    }

    private static Cascade wholeClass(String name) {
        return new Cascade.ToClass(name);
    }

    private static CacheClass type(
            String name, String key, List<String> tags, boolean byGeneration, Cascade... cascades) {
        return CacheClass.builder(name, template(key).literalPrefix())
                .loading(LOADING)
                .invalidation(new InvalidationRules(
                        Optional.of(template(key)),
                        tags.stream().map(KeyTemplate::parse).toList(),
                        byGeneration,
                        List.of(cascades)))
                .build();
    }

    /// Instrument to quote and position; position to margin.
    private static CachePolicy desk() {
        return CachePolicy.of(
                type("margins", "margin:{ACCT}", List.of(), true),
                type("positions", "pos:{ACCT}:{I}", List.of("instrument:{I}"), false, wholeClass("margins")),
                type("quotes", "md:{I}:quote", List.of(), false, tag("instrument:{I}")),
                type("instruments", "ref:{I}", List.of(), false, key("md:{I}:quote"), tag("instrument:{I}")));
    }

    @Test
    void followsAnInstrumentToQuotesPositionsAndMarginsInThatOrder() {
        List<Step> steps = InvalidationGraph.of(desk()).from(List.of("ref:VOD.L"));
        assertThat(steps)
                .containsExactly(
                        new Step(Set.of("ref:VOD.L"), Set.of(), Set.of()),
                        new Step(Set.of("md:VOD.L:quote"), Set.of(), Set.of()),
                        new Step(Set.of(), Set.of("instrument:VOD.L"), Set.of()),
                        new Step(Set.of(), Set.of(), Set.of("margins")));
    }

    @Test
    void aTagFollowsOnFromWhatCarriesIt() {
        assertThat(InvalidationGraph.of(desk()).fromTag("instrument:VOD.L"))
                .containsExactly(
                        new Step(Set.of(), Set.of("instrument:VOD.L"), Set.of()),
                        new Step(Set.of(), Set.of(), Set.of("margins")));
        assertThat(InvalidationGraph.of(desk()).fromTag("nobody:carries-this"))
                .containsExactly(new Step(Set.of(), Set.of("nobody:carries-this"), Set.of()));
    }

    @Test
    void keysOfNoClassAndOtherShapesAreInvalidatedAlone() {
        InvalidationGraph graph = InvalidationGraph.of(desk());
        assertThat(graph.from(List.of("other"))).containsExactly(new Step(Set.of("other"), Set.of(), Set.of()));
        assertThat(graph.from(List.of("ref:a:b"))).containsExactly(new Step(Set.of("ref:a:b"), Set.of(), Set.of()));
    }

    @Test
    void aCircleIsRefusedAndShown() {
        assertThatThrownBy(() -> CachePolicy.of(
                        type("a", "a:{I}", List.of(), false, key("b:{I}")),
                        type("b", "b:{I}", List.of("t:{I}"), false, key("c:{I}")),
                        type("c", "c:{I}", List.of(), false, key("d:{I}"), tag("t:{I}")),
                        type("d", "d:{I}", List.of(), false)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("cascades run in a circle: b → c → b");
        assertThatThrownBy(() -> CachePolicy.of(type("own", "own:{I}", List.of(), false, key("own:{I}"))))
                .hasMessageContaining("own → own");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        InvalidInput refusal = catchThrowableOfType(
                InvalidInput.class,
                () -> CachePolicy.of(
                        type(
                                "instruments",
                                "ref:{I}",
                                List.of(),
                                false,
                                key("nowhere:{I}"),
                                tag("nobody:{I}"),
                                wholeClass("missing"),
                                wholeClass("positions"),
                                tag("instrument:{I}")),
                        type("positions", "pos:{ACCT}:{I}", List.of("instrument:{I}"), false, key("margin:{ACCT}")),
                        type("margins", "margin:{ACCT}", List.of(), false)));
        assertThat(refusal.problems())
                .containsExactly(
                        "instruments cascades to key nowhere:{I}, which belongs to no class",
                        "instruments cascades to tag nobody:{I}, which no class carries",
                        "instruments cascades to class missing, which does not exist",
                        "instruments cascades to class positions, which is not invalidated by generation: say `by-generation: true` there",
                        "instruments cascades to class positions, and positions to key margin:{ACCT}, whose variables are"
                                + " not known then",
                        "instruments cascades to tag instrument:{I}, and positions to key margin:{ACCT}, whose variables"
                                + " are not known then");
        assertThatThrownBy(() -> type("a", "a:{I}", List.of("t:{X}"), false, key("b:{Y}")))
                .hasMessageContaining("tag t:{X} has variables [X]")
                .hasMessageContaining("key b:{Y} has variables [Y]");
        assertThatThrownBy(() -> CacheClass.builder("plain", "p:")
                        .invalidation(new InvalidationRules(Optional.empty(), List.of(), true, List.of()))
                        .build())
                .hasMessageContaining("only values that are loaded");
    }

    @Test
    void aFloodIsRefusedBeforeItBegins() {
        List<String> keys = IntStream.rangeClosed(0, InvalidationGraph.FAN_OUT_MAX)
                .mapToObj(i -> "other:" + i)
                .toList();
        assertThatThrownBy(() -> InvalidationGraph.of(desk()).from(keys))
                .hasMessageContaining("more than 100000 keys, tags and classes");
    }

    // F25: random graphs

    record Edge(int from, int to) {}

    @Provide
    Arbitrary<List<Edge>> edges() {
        Arbitrary<Integer> node = Arbitraries.integers().between(0, 9);
        return Combinators.combine(node, node)
                .as(Edge::new)
                .list()
                .uniqueElements()
                .ofMaxSize(25);
    }

    /// Refused exactly when there is a way from some class back to itself; else each class comes after all
    /// before it, and what is reached is what a plain walk reaches.
    @Property(tries = 1_000)
    void anyGraphIsRefusedOrFollowedInOrder(@ForAll("edges") List<Edge> edges) {
        boolean[][] leads = new boolean[10][10];
        edges.forEach(edge -> leads[edge.from][edge.to] = true);
        for (int via = 0; via < 10; via++) {
            for (int from = 0; from < 10; from++) {
                for (int to = 0; to < 10; to++) {
                    leads[from][to] |= leads[from][via] && leads[via][to];
                }
            }
        }
        boolean hasCircle = IntStream.range(0, 10).anyMatch(i -> leads[i][i]);
        List<CacheClass> classes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int from = i;
            Cascade[] cascades = edges.stream()
                    .filter(edge -> edge.from == from)
                    .map(edge -> key("c" + edge.to + ":{I}"))
                    .toArray(Cascade[]::new);
            classes.add(type("c" + i, "c" + i + ":{I}", List.of(), false, cascades));
        }
        if (hasCircle) {
            assertThatThrownBy(() -> new CachePolicy(classes)).hasMessageContaining("in a circle: ");
            return;
        }
        InvalidationGraph graph = InvalidationGraph.of(new CachePolicy(classes));
        for (int start = 0; start < 10; start++) {
            List<Step> steps = graph.from(List.of("c" + start + ":x"));
            Map<String, Integer> at = new HashMap<>();
            for (int step = 0; step < steps.size(); step++) {
                for (String key : steps.get(step).keys()) {
                    assertThat(at.put(key, step)).isNull();
                }
            }
            for (int i = 0; i < 10; i++) {
                assertThat(at.containsKey("c" + i + ":x")).isEqualTo(i == start || leads[start][i]);
            }
            for (Edge edge : edges) {
                Integer from = at.get("c" + edge.from + ":x");
                Integer to = at.get("c" + edge.to + ":x");
                if (from != null && to != null) {
                    assertThat(from).isLessThan(to);
                }
            }
        }
    }
}
