package io.cachewright.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Keys that one command or script may use together, in a cluster too: all of one hash slot. It is checked here, when
/// the set is built, whatever deployment it is used on.
///
/// @param keys at least one, each once
public record SlotKeys(List<String> keys) {

    public SlotKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || Set.copyOf(keys).size() != keys.size()) {
            throw new IllegalArgumentException("at least one key is needed, each once, were " + keys);
        }
        if (keys.stream().mapToInt(HashSlot::of).distinct().count() > 1) {
            throw new IllegalArgumentException("keys that are used together must be of one hash slot, but "
                    + keys.stream()
                            .limit(4)
                            .map(key -> key + " is of slot " + HashSlot.of(key))
                            .collect(Collectors.joining(", "))
                    + (keys.size() > 4 ? " …" : "") + ": "
                    + fix(keys));
        }
    }

    /// @throws IllegalArgumentException with the way out, when the keys are of several slots
    public static SlotKeys of(String... keys) {
        return new SlotKeys(List.of(keys));
    }

    public int slot() {
        return HashSlot.of(keys.getFirst());
    }

    private static String fix(List<String> keys) {
        return sharedPart(keys)
                .map(part -> "put the part that they share in braces, as in "
                        + keys.getFirst().replaceFirst(Pattern.quote(part), "{" + part + "}"))
                .orElseGet(() -> keys.stream().anyMatch(key -> key.indexOf('{') >= 0)
                        ? "give them the same text in the first braces of each"
                        : "give them a common hash tag, behind the prefix of their class, as in " + keys.getFirst()
                                + ":{account-7}");
    }

    /// The longest part between colons that all keys have, so that braces around it would bring them together. One that
    /// begins a key names its kind rather than its subject, and would bring every key of the kind to one slot.
    private static Optional<String> sharedPart(List<String> keys) {
        if (keys.stream().anyMatch(key -> key.contains("{") || key.contains("}"))) {
            return Optional.empty();
        }
        Set<String> shared = null;
        for (String key : keys) {
            List<String> parts = Arrays.asList(key.split(":", -1));
            List<String> subjects = new ArrayList<>(parts.subList(1, parts.size()));
            subjects.removeIf(String::isEmpty);
            if (shared == null) {
                shared = new LinkedHashSet<>(subjects);
            } else {
                shared.retainAll(subjects);
            }
        }
        return shared == null ? Optional.empty() : shared.stream().max(Comparator.comparingInt(String::length));
    }
}
