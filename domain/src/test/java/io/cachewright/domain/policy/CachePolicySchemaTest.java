package io.cachewright.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cachewright.domain.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/// The published schema takes what the parser takes, and refuses what it refuses where a schema can.
class CachePolicySchemaTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(version: 1\n.*?)```", Pattern.DOTALL);

    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            Files.readString(ROOT.resolve("docs/reference/cache-policy.schema.json")),
                            InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<?> problems(String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SCHEMA.validate(JsonMapper.shared().writeValueAsString(document), InputFormat.JSON);
    }

    static Stream<String> examples() throws IOException {
        Stream<String> ofPages = Stream.of("docs/reference/cache-policy.md", "docs/concepts/invalidation.md")
                .flatMap(page -> examplesOf(ROOT.resolve(page)));
        return Stream.concat(
                ofPages, Stream.of(Files.readString(ROOT.resolve("examples/src/main/resources/cache-policy.yaml"))));
    }

    private static Stream<String> examplesOf(Path page) {
        try {
            List<String> examples = EXAMPLE.matcher(Files.readString(page))
                    .results()
                    .map(found -> Objects.requireNonNull(found.group(1)))
                    .toList();
            assertThat(examples).as("examples of %s", page).isNotEmpty();
            return examples.stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bothTakeEveryExampleOfTheDocs(String yaml) {
        CachePolicy policy = CachePolicy.parse("the example", yaml);
        assertThat(problems(yaml)).isEmpty();
        assertThat(problems(policy.toYaml())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{prefix: 'a:', freshness: soon}",
                "{prefix: 'a:', freshness: 0s}",
                "{prefix: 'a:', freshness: 250}",
                "{prefix: 'a:', freshnes: strict}",
                "{prefix: 'a:', freshness: best-effort, when-unproved: refuse}",
                "{prefix: 'a:', when-unproved: shrug}",
                "{prefix: 'a:', writers: me}",
                "{prefix: 'a:', durability: replicated(0)}",
                "{prefix: 'a:', durability: durable(17)}",
                "{prefix: 'a:', durability: async(1)}",
                "{prefix: 'a:', remote-max: 0}",
                "{prefix: 'a:', remote-max: '0_0'}",
                "{prefix: 'a:', fields-max: 10001}",
                "{prefix: 'a:', fields-max: 5, loading: {ttl: 1h}}",
                "{prefix: 'a:', fields-max: 5, writers: library}",
                "{prefix: 'a:', near: {entries: 1.5}}",
                "{prefix: 'a:', near: {entries: 5, bytes: 1mb}}",
                "{prefix: 'a:', near: {bytes: 0}}",
                "{prefix: 'a:', near: {bytes: 0mb}}",
                "{prefix: 'a:', near: {bytes: lots}}",
                "{prefix: 'a:', near: {ttl: -1s}}",
                "{prefix: 'a:', near: {ttl: 5 minutes}}",
                "{prefix: 'a:', loading: {}}",
                "{prefix: 'a:', loading: {ttl: 0s}}",
                "{prefix: 'a:', loading: {ttl: 1h, ttl-jitter: 0.6}}",
                "{prefix: 'a:', loading: {ttl: 1h, hard-timeout: 0ms}}",
                "{prefix: 'a:', loading: {ttl: 1h, early-refresh: 11}}",
                "{prefix: 'a:', loading: {ttl: 1h, once-per-fleet: 'sometimes'}}",
                "{prefix: 'a:', loading: {ttl: 1h, concurrent-max: 100001}}",
                "{prefix: 'a:', invalidation: {by-generation: true}}",
                "{prefix: 'a:', invalidation: {tags: all}}",
                "{prefix: 'a:', loading: {ttl: 1h}, invalidation: {tags: ['']}}",
                "{prefix: 'a:', invalidation: {cascades: [{key: 'a:1', tag: t}]}}",
                "{prefix: 'a:', invalidation: {cascades: [{}]}}",
                "{prefix: ''}",
                "{prefix: 'cachewright:gen:'}",
                "{prefix: 'cache'}",
                "{}",
                "5"
            })
    void bothRefuseEachMistakeOfAClass(String policy) {
        String yaml = "version: 1\nclasses: {a: " + policy + "}\n";
        assertThatThrownBy(() -> CachePolicy.parse("the mistake", yaml)).isInstanceOf(InvalidInput.class);
        assertThat(problems(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classes: {a: {prefix: 'a:'}}",
                "version: 2\nclasses: {a: {prefix: 'a:'}}",
                "version: 1",
                "version: 1\nclasses: {}",
                "version: 1\nclasses: [a]",
                "version: 1\nclasses: {' ': {prefix: 'a:'}}",
                "version: 1\nclasses: {a: {prefix: 'a:'}}\nextra: 1"
            })
    void bothRefuseEachMistakeOfAFile(String yaml) {
        assertThatThrownBy(() -> CachePolicy.parse("the mistake", yaml)).isInstanceOf(InvalidInput.class);
        assertThat(problems(yaml)).isNotEmpty();
    }

    @Test
    void everyKeyIsInTheReference() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/reference/cache-policy.md"));
        Matcher keys = Pattern.compile("\"([a-z-]+)\": \\{")
                .matcher(Files.readString(ROOT.resolve("docs/reference/cache-policy.schema.json")));
        List<String> known = keys.results().map(found -> found.group(1)).toList();
        assertThat(known).contains("hard-timeout", "negative-ttl");
        assertThat(known.stream().filter(key -> key.contains("-") && !key.equals("positive-duration")))
                .allMatch(key -> page.contains(key));
    }
}
