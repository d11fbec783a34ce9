package io.cachewright.domain.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds families: keys whose names differ only in the parts that vary.
///
/// ```java
/// List<KeyGroup<SampledKey>> families = KeyGrouping.by(SampledKey::name).sampled(0.02).group(keys);
/// ```
///
/// The members may be anything that has a name and stands for one key or for many.
///
/*
 * Names are first grouped by structure (KeyName#shape), then each group is walked as a trie, word by word: a place that
 * takes few different words keeps them, and parts the group; a place that takes many becomes a variable. Words of the
 * trade (`l2`, `trades`, `1m`) always stay. Every name is touched once per part, so the time is linear in
 * the length of all names together, and the memory is the names plus one list per level.
 */
public final class KeyGrouping<K> {

    /// More different words than this in one place are names of things. Sides, intervals, venues and states stay
    /// below; users, strategies and hosts of a size where families matter lie above.
    static final int WORDS_LITERAL_MAX = 16;

    /// Families beyond these are gathered in one, `*`, so that a keyspace without any structure stays bounded.
    public static final int FAMILIES_MAX = 400;

    /// `DESK0` … `DESK7`: so many words that differ in their number only are one thing, numbered.
    private static final int NUMBERED_ALIKE_MIN = 4;

    private static final Pattern NUMBERED = Pattern.compile("([A-Za-z]+)\\d{1,2}");

    private static final String ANYTHING = "*";
    private static final String NUMBER = "<n>";
    private static final String DATE = "<date>";

    /// One in 1,400 numbers of eight digits is a date of this or the last century; ids that were given out in turn can
    /// have more of them.
    private static final int DATES_BY_CHANCE_ONE_IN = 10;

    private final Function<? super K, String> name;
    private final ToLongFunction<? super K> keys;
    private final double share;

    private KeyGrouping(Function<? super K, String> name, ToLongFunction<? super K> keys, double share) {
        this.name = name;
        this.keys = keys;
        this.share = share;
    }

    /// Groups by these names, each member being one key and all keys being at hand.
    public static <K> KeyGrouping<K> by(Function<? super K, String> name) {
        return new KeyGrouping<>(name, _ -> 1, 1);
    }

    /// The same where a member stands for `keys` keys whose names have one structure.
    public KeyGrouping<K> counting(ToLongFunction<? super K> keysOfMember) {
        return new KeyGrouping<>(name, keysOfMember, share);
    }

    /// The same where the members are a sample; a place is then judged by the words that the whole is
    /// estimated to have.
    ///
    /// @param shareOfAll of all keys that is at hand, above 0 and at most 1
    public KeyGrouping<K> sampled(double shareOfAll) {
        if (!(shareOfAll > 0 && shareOfAll <= 1)) {
            throw new IllegalArgumentException("the sampled share must be above 0 and at most 1, was " + shareOfAll);
        }
        return new KeyGrouping<>(name, keys, shareOfAll);
    }

    /// The families in the order of their patterns; every member is in exactly one.
    public List<KeyGroup<K>> group(Collection<? extends K> members) {
        Map<String, List<Named<K>>> byShape = new LinkedHashMap<>();
        for (K member : members) {
            KeyName parsed = KeyName.parse(name.apply(member));
            byShape.computeIfAbsent(parsed.shape(), _ -> new ArrayList<>()).add(new Named<>(parsed, member));
        }
        Map<String, Group<K>> groups = new TreeMap<>();
        byShape.values().forEach(named -> descend(named, 0, new Prefix("", ""), groups));
        joinDatesByChance(groups);
        return bounded(groups.values()).stream()
                .map(group -> new KeyGroup<>(group.prefix.pattern, group.prefix.glob, group.members))
                .toList();
    }

    /// Of many numbers some read as dates: such a family joins the one of numbers that it differs from in that only.
    private void joinDatesByChance(Map<String, Group<K>> groups) {
        for (String dated : List.copyOf(groups.keySet())) {
            String numbered = dated.replace(DATE, NUMBER);
            Group<K> dates = groups.get(dated);
            Group<K> numbers = groups.get(numbered);
            if (dates != null
                    && numbers != null
                    && !numbered.equals(dated)
                    && keysOf(numbers) >= DATES_BY_CHANCE_ONE_IN * keysOf(dates)) {
                numbers.members.addAll(dates.members);
                groups.remove(dated);
            }
        }
    }

    private long keysOf(Group<K> group) {
        return group.members.stream().mapToLong(keys).sum();
    }

    private void descend(List<Named<K>> named, int place, Prefix prefix, Map<String, Group<K>> groups) {
        List<KeyName.Part> parts = named.getFirst().name.parts();
        if (place == parts.size()) {
            groups.computeIfAbsent(prefix.pattern, _ -> new Group<>(prefix, new ArrayList<>()))
                    .members
                    .addAll(named.stream().map(Named::member).toList());
            return;
        }
        KeyName.Part part = parts.get(place);
        switch (part.kind()) {
            case SEPARATOR -> descend(named, place + 1, prefix.literal(part.text()), groups);
            case NUMBER -> descend(named, place + 1, prefix.variable(NUMBER), groups);
            case DATE -> descend(named, place + 1, prefix.variable(DATE), groups);
            case ID -> descend(named, place + 1, prefix.variable("<id>"), groups);
            case REST -> descend(named, place + 1, prefix.variable(ANYTHING), groups);
            case INSTRUMENT -> descend(named, place + 1, prefix.variable(part.inTag() ? "I" : "<I>"), groups);
            case WORD -> words(named, place, prefix, groups);
        }
    }

    private void words(List<Named<K>> named, int place, Prefix prefix, Map<String, Group<K>> groups) {
        Map<String, List<Named<K>>> byWord = new LinkedHashMap<>();
        for (Named<K> one : named) {
            byWord.computeIfAbsent(one.name.parts().get(place).text(), _ -> new ArrayList<>())
                    .add(one);
        }
        DistinctWords different = new DistinctWords(share);
        Map<String, DistinctWords> alike = new HashMap<>();
        byWord.forEach((word, same) -> {
            long count =
                    same.stream().mapToLong(one -> keys.applyAsLong(one.member)).sum();
            if (!isTradeWord(word)) {
                different.add(count);
            }
            alike.computeIfAbsent(stem(word), _ -> new DistinctWords(share)).add(count);
        });
        boolean many = different.estimate() > WORDS_LITERAL_MAX;
        List<Named<K>> varying = new ArrayList<>();
        byWord.forEach((word, same) -> {
            KeyName.Part part = same.getFirst().name.parts().get(place);
            DistinctWords withStem = alike.get(stem(word));
            boolean numbered = withStem != null && withStem.estimate() >= NUMBERED_ALIKE_MIN;
            if (part.readsLikeAnEntity() || ((many || numbered) && !isTradeWord(word))) {
                varying.addAll(same);
            } else {
                descend(same, place + 1, prefix.literal(word), groups);
            }
        });
        if (!varying.isEmpty()) {
            descend(varying, place + 1, prefix.variable("<id>"), groups);
        }
    }

    /// What stands before a short number; the word itself where there is none, or where it is a word of the trade.
    private static String stem(String word) {
        Matcher matcher = NUMBERED.matcher(word);
        return matcher.matches() && !isTradeWord(word) ? matcher.group(1) + "0" : word;
    }

    private static boolean isTradeWord(String word) {
        return UseCaseWords.isVocabulary(word.toLowerCase(Locale.ROOT));
    }

    /// The groups with most keys; the rest together under `*`.
    private List<Group<K>> bounded(Collection<Group<K>> groups) {
        if (groups.size() <= FAMILIES_MAX) {
            return List.copyOf(groups);
        }
        Map<String, Long> sizes = new HashMap<>();
        groups.forEach(group -> sizes.put(group.prefix.pattern, keysOf(group)));
        List<Group<K>> bySize = groups.stream()
                .sorted(Comparator.<Group<K>>comparingLong(group -> -sizes.getOrDefault(group.prefix.pattern, 0L))
                        .thenComparing(group -> group.prefix.pattern))
                .toList();
        List<Group<K>> kept = new ArrayList<>(bySize.subList(0, FAMILIES_MAX));
        List<K> rest = bySize.subList(FAMILIES_MAX, bySize.size()).stream()
                .flatMap(group -> group.members.stream())
                .toList();
        kept.add(new Group<>(new Prefix(ANYTHING, ANYTHING), rest));
        return kept;
    }

    private record Named<K>(KeyName name, K member) {}

    private record Group<K>(Prefix prefix, List<K> members) {}

    /// What stands before a place, for people and as a pattern of SCAN.
    private record Prefix(String pattern, String glob) {

        Prefix literal(String text) {
            return new Prefix(pattern + text, glob + text.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0"));
        }

        Prefix variable(String placeholder) {
            return new Prefix(
                    pattern + placeholder, glob.endsWith(ANYTHING) && !glob.endsWith("\\*") ? glob : glob + ANYTHING);
        }
    }
}
