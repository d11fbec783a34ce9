package io.cachewright.optimizer.profile;

import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the families of a sample: keys whose names differ only in the parts that vary.
///
/*
 * Keys are first grouped by structure (KeyName#shape), then each group is walked as a trie, word by word: a place that
 * takes few different words keeps them, and parts the group; a place that takes many becomes a variable. Words of the
 * trade (`l2`, `trades`, `1m`) always stay. Every key is touched once per part of its name, so the time is linear in
 * the length of all names together, and the memory is the names plus one list per level.
 */
final class KeyFamilies {

    /// More different words than this in one place are names of things. Sides, intervals, venues and states stay
    /// below; users, strategies and hosts of a size where families matter lie above.
    static final int WORDS_LITERAL_MAX = 16;

    /// Families beyond these are gathered in one, so that a keyspace without any structure stays bounded.
    static final int FAMILIES_MAX = 400;

    /// `DESK0` … `DESK7`: so many words that differ in their number only are one thing, numbered.
    private static final int NUMBERED_ALIKE_MIN = 4;

    private static final Pattern NUMBERED = Pattern.compile("([A-Za-z]+)\\d{1,2}");

    private static final String ANYTHING = "*";

    private final Map<String, Group> groups = new TreeMap<>();
    private final double keysPerSample;

    private KeyFamilies(double keysPerSample) {
        this.keysPerSample = keysPerSample;
    }

    /// Families of a sample, largest in bytes first.
    static List<KeyFamily> of(KeyspaceSample sample) {
        KeyFamilies families = new KeyFamilies(sample.weight());
        Map<String, List<Named>> byShape = new LinkedHashMap<>();
        for (SampledKey key : sample.keys()) {
            KeyName name = KeyName.parse(key.name());
            byShape.computeIfAbsent(name.shape(), _ -> new ArrayList<>()).add(new Named(name, key));
        }
        byShape.values().forEach(keys -> families.descend(keys, 0, new Prefix("", "")));
        return families.bounded().stream()
                .map(families::family)
                .sorted(Comparator.comparingLong(KeyFamily::estimatedBytes)
                        .thenComparingLong(KeyFamily::estimatedKeys)
                        .reversed()
                        .thenComparing(KeyFamily::pattern))
                .toList();
    }

    private void descend(List<Named> keys, int place, Prefix prefix) {
        List<KeyName.Part> parts = keys.getFirst().name.parts();
        if (place == parts.size()) {
            groups.computeIfAbsent(prefix.pattern, _ -> new Group(prefix, new ArrayList<>()))
                    .keys
                    .addAll(keys.stream().map(Named::key).toList());
            return;
        }
        KeyName.Part part = parts.get(place);
        switch (part.kind()) {
            case SEPARATOR -> descend(keys, place + 1, prefix.literal(part.text()));
            case NUMBER -> descend(keys, place + 1, prefix.variable("<n>"));
            case DATE -> descend(keys, place + 1, prefix.variable("<date>"));
            case ID -> descend(keys, place + 1, prefix.variable("<id>"));
            case REST -> descend(keys, place + 1, prefix.variable(ANYTHING));
            case INSTRUMENT -> descend(keys, place + 1, prefix.variable(part.inTag() ? "I" : "<I>"));
            case WORD -> words(keys, place, prefix);
        }
    }

    private void words(List<Named> keys, int place, Prefix prefix) {
        Map<String, List<Named>> byWord = new LinkedHashMap<>();
        for (Named key : keys) {
            byWord.computeIfAbsent(key.name.parts().get(place).text(), _ -> new ArrayList<>())
                    .add(key);
        }
        boolean many =
                byWord.keySet().stream().filter(word -> !isTradeWord(word)).count() > WORDS_LITERAL_MAX;
        Map<String, Integer> alike = new HashMap<>();
        byWord.keySet().forEach(word -> alike.merge(stem(word), 1, Integer::sum));
        List<Named> varying = new ArrayList<>();
        byWord.forEach((word, same) -> {
            KeyName.Part part = same.getFirst().name.parts().get(place);
            boolean numbered = alike.getOrDefault(stem(word), 0) >= NUMBERED_ALIKE_MIN;
            if (part.readsLikeAnEntity() || ((many || numbered) && !isTradeWord(word))) {
                varying.addAll(same);
            } else {
                descend(same, place + 1, prefix.literal(word));
            }
        });
        if (!varying.isEmpty()) {
            descend(varying, place + 1, prefix.variable("<id>"));
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
    private List<Group> bounded() {
        if (groups.size() <= FAMILIES_MAX) {
            return List.copyOf(groups.values());
        }
        List<Group> bySize = groups.values().stream()
                .sorted(Comparator.<Group>comparingInt(group -> -group.keys.size())
                        .thenComparing(group -> group.prefix.pattern))
                .toList();
        List<Group> kept = new ArrayList<>(bySize.subList(0, FAMILIES_MAX));
        List<SampledKey> rest = bySize.subList(FAMILIES_MAX, bySize.size()).stream()
                .flatMap(group -> group.keys.stream())
                .toList();
        kept.add(new Group(new Prefix(ANYTHING, ANYTHING), rest));
        return kept;
    }

    private KeyFamily family(Group group) {
        List<SampledKey> keys = group.keys.stream()
                .sorted(Comparator.comparingInt(SampledKey::database).thenComparing(SampledKey::name))
                .toList();
        Map<String, Double> types = new HashMap<>();
        Map<String, Integer> encodings = new HashMap<>();
        for (SampledKey key : keys) {
            types.merge(key.type(), 1.0 / keys.size(), Double::sum);
            key.encoding().toOptional().ifPresent(encoding -> encodings.merge(encoding, 1, Integer::sum));
        }
        UseCasePlacement.Placed placed = UseCasePlacement.place(group.prefix.pattern, keys);
        return new KeyFamily(
                group.prefix.pattern,
                group.prefix.glob,
                placed.useCase(),
                placed.confidence(),
                Math.round(keys.size() * keysPerSample),
                estimatedBytes(keys),
                types,
                encodings,
                withoutTtlShare(keys),
                keys);
    }

    private long estimatedBytes(List<SampledKey> keys) {
        List<Long> known =
                keys.stream().flatMap(key -> key.bytes().toOptional().stream()).toList();
        double mean = known.stream().mapToLong(Long::longValue).average().orElse(0);
        return Math.round(mean * keys.size() * keysPerSample);
    }

    private static double withoutTtlShare(List<SampledKey> keys) {
        long known = keys.stream().filter(key -> key.timeToLive().isKnown()).count();
        long endless = keys.stream()
                .filter(key -> key.timeToLive()
                        .toOptional()
                        .filter(ttl -> ttl.isEmpty())
                        .isPresent())
                .count();
        return known == 0 ? Double.NaN : (double) endless / known;
    }

    private record Named(KeyName name, SampledKey key) {}

    private record Group(Prefix prefix, List<SampledKey> keys) {}

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
