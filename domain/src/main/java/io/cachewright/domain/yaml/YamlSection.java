package io.cachewright.domain.yaml;

import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One mapping of a YAML file. Each accessor names a key, says its type by its own name, and answers empty both when
/// the key is absent and when its value is wrong; in the latter case the problem is on record with its line.
public final class YamlSection {

    private record Entry(int line, Node value) {}

    private final StrictYaml document;
    private final String path;
    private final int line;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    YamlSection(StrictYaml document, String path, MappingNode mapping) {
        this.document = document;
        this.path = path;
        this.line = StrictYaml.lineOf(mapping);
        for (NodeTuple tuple : mapping.getValue()) {
            int keyLine = StrictYaml.lineOf(tuple.getKeyNode());
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                Entry before = entries.putIfAbsent(key.getValue(), new Entry(keyLine, tuple.getValueNode()));
                if (before != null) {
                    document.problem(keyLine, name(key.getValue()) + " is given twice, first in line " + before.line);
                }
            } else {
                document.problem(keyLine, "a key must be a word");
            }
        }
    }

    /// The line where this section starts, from 1.
    public int line() {
        return line;
    }

    /// The names of all keys given here, in the order of the file.
    public Set<String> keys() {
        return Set.copyOf(entries.keySet());
    }

    public boolean has(String key) {
        asked.add(key);
        return entries.containsKey(key);
    }

    /// Records a problem for each of `keys` that is absent.
    public void require(String... keys) {
        for (String key : keys) {
            if (!has(key)) {
                document.problem(line, name(key) + " is missing");
            }
        }
    }

    /// Records a problem of the caller's own finding: "line 7: `classes.book.ttl` ‹text›".
    public void problem(String key, String text) {
        Entry entry = entries.get(key);
        document.problem(entry == null ? line : entry.line, name(key) + " " + text);
    }

    /// Records a problem of this section as a whole.
    public void problem(String text) {
        document.problem(line, (path.isEmpty() ? "the file" : "`" + path + "`") + " " + text);
    }

    public Optional<String> text(String key) {
        return scalar(key, "a text", Optional::of);
    }

    public Optional<Boolean> flag(String key) {
        return scalar(key, "true or false", value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /// A whole number; `1_000_000` reads as a million.
    public Optional<Long> integer(String key, long min, long max) {
        String wanted = min == max ? Long.toString(min) : "a whole number from " + min + " to " + max;
        return scalar(key, wanted, value -> {
            try {
                long number = Long.parseLong(value.replace("_", ""));
                return number >= min && number <= max ? Optional.of(number) : Optional.empty();
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        });
    }

    /// An exact decimal number; `5%` reads as 0.05.
    public Optional<BigDecimal> decimal(String key, BigDecimal min, BigDecimal max) {
        String wanted = "a number from " + min.toPlainString() + " to " + max.toPlainString();
        return scalar(key, wanted, value -> {
            try {
                boolean percent = value.endsWith("%");
                String digits = percent ? value.substring(0, value.length() - 1).strip() : value;
                BigDecimal number = new BigDecimal(digits.replace("_", ""));
                BigDecimal given = percent ? number.movePointLeft(2) : number;
                return given.compareTo(min) >= 0 && given.compareTo(max) <= 0 ? Optional.of(given) : Optional.empty();
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        });
    }

    /// A duration with its unit, from nothing up.
    public Optional<Duration> duration(String key) {
        return scalar(key, "a duration with its unit, such as 250ms, 30s, 5m", Durations::parse);
    }

    public Optional<Duration> duration(String key, Duration min, Duration max) {
        String wanted = "a duration from " + Durations.format(min) + " to " + Durations.format(max);
        return scalar(
                key,
                wanted,
                value ->
                        Durations.parse(value).filter(given -> given.compareTo(min) >= 0 && given.compareTo(max) <= 0));
    }

    public Optional<ByteSize> size(String key) {
        return scalar(key, "a size such as 64mb", ByteSize::parse);
    }

    /// One of an enum's constants, in any case, `_` and `-` alike.
    public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<String> words = constants.stream().map(YamlSection::word).toList();
        return scalar(key, "one of " + String.join(", ", words), value -> {
            int index = words.indexOf(value.toLowerCase(Locale.ROOT).replace('_', '-'));
            return index < 0 ? Optional.empty() : Optional.of(constants.get(index));
        });
    }

    /// A list of texts; one text alone is a list of one; empty when absent.
    public List<String> texts(String key) {
        Entry entry = entry(key);
        return switch (entry == null ? null : entry.value) {
            case null -> List.of();
            case ScalarNode scalar when !isNull(scalar) -> List.of(scalar.getValue());
            case SequenceNode sequence -> {
                List<String> texts = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    if (item instanceof ScalarNode scalar && !isNull(scalar)) {
                        texts.add(scalar.getValue());
                    } else {
                        document.problem(StrictYaml.lineOf(item), name(key) + " must hold texts only");
                    }
                }
                yield List.copyOf(texts);
            }
            case Node other -> {
                wrong(key, StrictYaml.lineOf(other), "a list of texts", other);
                yield List.of();
            }
        };
    }

    /// The mapping under `key`.
    public Optional<YamlSection> section(String key) {
        Entry entry = entry(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value instanceof MappingNode mapping) {
            return Optional.of(document.section(join(key), mapping));
        }
        wrong(key, entry.line, "a mapping", entry.value);
        return Optional.empty();
    }

    /// The list of mappings under `key`; empty when absent.
    public List<YamlSection> sections(String key) {
        Entry entry = entry(key);
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value instanceof SequenceNode sequence)) {
            wrong(key, entry.line, "a list of mappings", entry.value);
            return List.of();
        }
        List<YamlSection> sections = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            String at = key + "[" + sections.size() + "]";
            if (item instanceof MappingNode mapping) {
                sections.add(document.section(join(at), mapping));
            } else {
                wrong(at, StrictYaml.lineOf(item), "a mapping", item);
            }
        }
        return List.copyOf(sections);
    }

    /// The mapping under `key` whose keys are names the user chose and whose values are mappings, in file order.
    public Map<String, YamlSection> named(String key) {
        Optional<YamlSection> holder = section(key);
        Map<String, YamlSection> named = new LinkedHashMap<>();
        holder.ifPresent(section -> section.entries
                .keySet()
                .forEach(name -> section.section(name).ifPresent(found -> named.put(name, found))));
        return named;
    }

    /// The mapping under `key` whose keys are names the user chose and whose values are texts, in file order.
    public Map<String, String> pairs(String key) {
        Optional<YamlSection> holder = section(key);
        Map<String, String> pairs = new LinkedHashMap<>();
        holder.ifPresent(section -> section.entries
                .keySet()
                .forEach(name -> section.text(name).ifPresent(found -> pairs.put(name, found))));
        return pairs;
    }

    void reportUnknownKeys() {
        entries.forEach((key, entry) -> {
            if (!asked.contains(key)) {
                String suggestion = NearestWord.to(key, asked)
                        .map(word -> "did you mean `" + word + "`?")
                        .orElseGet(
                                () -> "known here: " + asked.stream().sorted().collect(Collectors.joining(", ")));
                document.problem(entry.line, "unknown key " + name(key) + "; " + suggestion);
            }
        });
    }

    private <T> Optional<T> scalar(String key, String wanted, Function<String, Optional<T>> parse) {
        Entry entry = entry(key);
        if (entry == null) {
            return Optional.empty();
        }
        Optional<T> value = entry.value instanceof ScalarNode scalar && !isNull(scalar)
                ? parse.apply(scalar.getValue())
                : Optional.empty();
        if (value.isEmpty()) {
            wrong(key, entry.line, wanted, entry.value);
        }
        return value;
    }

    private @Nullable Entry entry(String key) {
        asked.add(key);
        return entries.get(key);
    }

    private void wrong(String key, int atLine, String wanted, Node given) {
        String was = switch (given) {
            case ScalarNode scalar when isNull(scalar) -> "is empty";
            case ScalarNode scalar -> "was `" + scalar.getValue() + "`";
            case SequenceNode _ -> "was a list";
            default -> "was a mapping";
        };
        document.problem(atLine, name(key) + " must be " + wanted + ", " + was);
    }

    private String name(String key) {
        return "`" + join(key) + "`";
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
