package io.cachewright.domain.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StrictYamlTest {

    private enum Color {
        DEEP_BLUE,
        RED
    }

    private static List<String> problemsOf(String text, Consumer<YamlSection> reader) {
        Problems problems = new Problems("test.yaml");
        StrictYaml.read(text, problems, root -> {
            reader.accept(root);
            return true;
        });
        return problems.found();
    }

    @Test
    void readsEveryKindOfValue() {
        String text = """
                name: quotes
                on: true
                count: 1_000
                share: 5%
                ttl: 250ms
                memory: 64mb
                color: deep_blue
                tags: [a, b]
                one: alone
                inner: {depth: 2}
                list:
                  - id: x
                  - id: y
                classes:
                  book: {ttl: 1s}
                  limit: {ttl: 2s}
                labels: {desk: rates}
                """;
        assertThat(problemsOf(text, root -> {
                    assertThat(root.text("name")).contains("quotes");
                    assertThat(root.flag("on")).contains(true);
                    assertThat(root.integer("count", 0, 2_000)).contains(1_000L);
                    assertThat(root.decimal("share", BigDecimal.ZERO, BigDecimal.ONE)
                                    .orElseThrow())
                            .isEqualByComparingTo("0.05");
                    assertThat(root.duration("ttl")).contains(Duration.ofMillis(250));
                    assertThat(root.size("memory")).contains(new ByteSize(64 << 20));
                    assertThat(root.choice("color", Color.class)).contains(Color.DEEP_BLUE);
                    assertThat(root.texts("tags")).containsExactly("a", "b");
                    assertThat(root.texts("one")).containsExactly("alone");
                    assertThat(root.section("inner").orElseThrow().integer("depth", 0, 9))
                            .contains(2L);
                    assertThat(root.sections("list"))
                            .extracting(item -> item.text("id").orElseThrow())
                            .containsExactly("x", "y");
                    assertThat(root.named("classes"))
                            .containsOnlyKeys("book", "limit")
                            .allSatisfy((_, section) ->
                                    assertThat(section.duration("ttl")).isPresent());
                    assertThat(root.pairs("labels")).containsEntry("desk", "rates");
                    assertThat(root.text("absent")).isEmpty();
                }))
                .isEmpty();
    }

    @Test
    void tellsAllProblemsAtOnceInTheOrderOfLines() {
        String text = """
                freshnes: strict
                ttl: 250
                count: 99
                count: 5
                on: yes
                memory: lots
                color: green
                tags: {a: b}
                inner:
                  dept: 1
                empty:
                """;
        assertThat(problemsOf(text, root -> {
                    root.require("name");
                    root.text("freshness");
                    root.duration("ttl");
                    root.integer("count", 1, 10);
                    root.flag("on");
                    root.size("memory");
                    root.choice("color", Color.class);
                    root.texts("tags");
                    root.section("inner").orElseThrow().integer("depth", 0, 9);
                    root.text("empty");
                }))
                .containsExactly(
                        "line 1: `name` is missing",
                        "line 1: unknown key `freshnes`; did you mean `freshness`?",
                        "line 2: `ttl` must be a duration with its unit, such as 250ms, 30s, 5m, was `250`",
                        "line 3: `count` must be a whole number from 1 to 10, was `99`",
                        "line 4: `count` is given twice, first in line 3",
                        "line 5: `on` must be true or false, was `yes`",
                        "line 6: `memory` must be a size such as 64mb, was `lots`",
                        "line 7: `color` must be one of deep-blue, red, was `green`",
                        "line 8: `tags` must be a list of texts, was a mapping",
                        "line 10: unknown key `inner.dept`; did you mean `depth`?",
                        "line 11: `empty` must be a text, is empty");
    }

    @Test
    void namesTheKnownKeysWhereNoneIsClose() {
        assertThat(problemsOf("whatever: 1", root -> {
                    root.text("b");
                    root.text("a");
                }))
                .containsExactly("line 1: unknown key `whatever`; known here: a, b");
    }

    @Test
    void saysWhereTheTextIsNoYaml() {
        assertThat(problemsOf("a: 1\nb: [1, 2\nc: 3", _ -> {}))
                .singleElement()
                .asString()
                .startsWith("line ")
                .contains("not YAML");
        assertThat(problemsOf("", _ -> {})).containsExactly("line 1: the file is empty");
        assertThat(problemsOf("- a", _ -> {})).containsExactly("line 1: the file must be a mapping of keys to values");
    }

    @Property(tries = 300)
    void noTextMakesItThrow(@ForAll String text) {
        problemsOf(text, root -> root.keys().forEach(key -> root.texts(key)));
    }
}
