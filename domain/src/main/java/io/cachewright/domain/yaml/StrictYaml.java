package io.cachewright.domain.yaml;

import io.cachewright.domain.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads one YAML document strictly: whatever the reader did not ask for is a problem.
///
/// ```java
/// Problems problems = new Problems("policy.yaml");
/// Optional<Limits> limits = StrictYaml.read(text, problems, root -> new Limits(
///         root.duration("timeout").orElse(DEFAULT_TIMEOUT),
///         root.size("memory").orElse(DEFAULT_MEMORY)));
/// problems.throwIfAny();
/// ```
public final class StrictYaml {

    /// More than any policy needs; keeps a wrong file from filling the heap.
    private static final int CHARACTERS_MAX = 4_000_000;

    /// What the parser says of a text such as `md:quote:`, which keys in Redis often begin with.
    private static final String STRAY_COLON = "mapping values are not allowed";

    private static final String QUOTE_IT = "; a text with a colon at its end, or before a space, needs quotes";

    private record Problem(int line, String text) {}

    private final List<Problem> found = new ArrayList<>();
    private final List<YamlSection> sections = new ArrayList<>();

    private StrictYaml() {}

    /// Hands the root mapping of `text` to `reader` and returns what it made of it; empty when the text is no mapping.
    /// Every problem found is added to `problems`, in the order of lines. When there are some, the result is
    /// to be thrown away: readers go on with defaults so that one run finds all.
    public static <T> Optional<T> read(String text, Problems problems, Function<YamlSection, T> reader) {
        StrictYaml document = new StrictYaml();
        Optional<T> result = document.root(text).map(reader);
        document.sections.forEach(YamlSection::reportUnknownKeys);
        document.found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> "line " + problem.line + ": " + problem.text)
                .forEach(problems::add);
        return result;
    }

    private Optional<YamlSection> root(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(CHARACTERS_MAX).build();
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            if (node.isEmpty()) {
                problem(1, "the file is empty");
                return Optional.empty();
            }
            if (node.get() instanceof MappingNode mapping) {
                return Optional.of(section("", mapping));
            }
            problem(lineOf(node.get()), "the file must be a mapping of keys to values");
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            String problem = String.valueOf(e.getProblem());
            problem(
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
                    "not YAML: " + problem + (problem.startsWith(STRAY_COLON) ? QUOTE_IT : ""));
            return Optional.empty();
        } catch (YamlEngineException e) {
            problem(1, "not YAML: " + e.getMessage());
            return Optional.empty();
        }
    }

    YamlSection section(String path, MappingNode mapping) {
        YamlSection section = new YamlSection(this, path, mapping);
        sections.add(section);
        return section;
    }

    void problem(int line, String text) {
        found.add(new Problem(line, text));
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
