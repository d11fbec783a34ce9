package io.cachewright.domain.policy;

import io.cachewright.domain.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How the values of one class become invalid together, and what becomes invalid with them.
///
/// @param key the shape of the class's keys; needed for variables in tags and cascades
/// @param tags that each value carries, made of its key: whatever carries a tag is invalidated at once by it
/// @param byGeneration whether all values of the class can be invalidated at once
/// @param cascades from each key of the class
public record InvalidationRules(
        Optional<KeyTemplate> key, List<KeyTemplate> tags, boolean byGeneration, List<Cascade> cascades) {

    /// Nothing beyond single keys.
    public static final InvalidationRules NONE = new InvalidationRules(Optional.empty(), List.of(), false, List.of());

    /// More are somebody's mistake: each costs a look at each hit.
    public static final int TAGS_MAX = 16;

    public InvalidationRules {
        tags = List.copyOf(tags);
        cascades = List.copyOf(cascades);
        Problems problems = new Problems("invalidation");
        if (tags.size() > TAGS_MAX) {
            problems.add("at most " + TAGS_MAX + " tags, were " + tags.size());
        }
        Set<String> known = key.map(KeyTemplate::variables).orElse(Set.of());
        key.filter(template -> template.variables().isEmpty())
                .ifPresent(template ->
                        problems.add("key " + template + " has no variables: they are written in capitals, as in {I}"));
        tags.forEach(tag -> requireCapitals("tag " + tag, tag, known, problems));
        cascades.forEach(cascade -> templateOf(cascade)
                .ifPresent(template -> requireCapitals(cascade.toString(), template, known, problems)));
        tags.forEach(tag -> requireKnown("tag " + tag, tag.variables(), known, problems));
        cascades.forEach(cascade -> requireKnown(cascade.toString(), variablesOf(cascade), known, problems));
        problems.throwIfAny();
    }

    /// Whether values of the class carry marks by which many of them can be invalidated at once.
    public boolean isStamped() {
        return byGeneration || !tags.isEmpty();
    }

    /// The tags of `key`, with its variables filled in; none when it does not have the shape of the class's keys.
    public List<String> tagsOf(String key) {
        Map<String, String> values =
                this.key.flatMap(template -> template.match(key)).orElse(Map.of());
        return tags.stream()
                .filter(tag -> values.keySet().containsAll(tag.variables()))
                .map(tag -> tag.fill(values))
                .toList();
    }

    static Set<String> variablesOf(Cascade cascade) {
        return templateOf(cascade).map(KeyTemplate::variables).orElse(Set.of());
    }

    private static Optional<KeyTemplate> templateOf(Cascade cascade) {
        return switch (cascade) {
            case Cascade.ToKey(KeyTemplate target) -> Optional.of(target);
            case Cascade.ToTag(KeyTemplate target) -> Optional.of(target);
            case Cascade.ToClass _ -> Optional.empty();
        };
    }

    /// `{i}` is text, such as a hash tag; beside a variable `{I}` it is a slip.
    private static void requireCapitals(String what, KeyTemplate template, Set<String> known, Problems problems) {
        template.wordsInBraces().stream()
                .filter(word -> known.contains(word.toUpperCase(Locale.ROOT)))
                .forEach(
                        word -> problems.add(what + " has {" + word + "}, which is no variable: write it in capitals"));
    }

    private static void requireKnown(String what, Set<String> wanted, Set<String> known, Problems problems) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(known);
        if (!missing.isEmpty()) {
            problems.add(what + " has variables " + missing + " that the key of its class does not"
                    + (known.isEmpty() ? ", which gives none" : ", which has " + known));
        }
    }
}
