package io.cachewright.optimizer.profile;

import io.cachewright.domain.keys.UseCasePlacement;
import io.cachewright.optimizer.evidence.KeyStratum;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The families of a sample, with what their sampled keys say of the whole: each key speaks for as many as it stands
/// for, so that a family that was looked at closely weighs no more than it is.
final class KeyFamilies {

    private KeyFamilies() {}

    /// Families of a sample, largest in bytes first. One of which no key was looked at is left out: nothing is known
    /// of it but its name.
    static List<KeyFamily> of(KeyspaceSample sample) {
        Map<String, List<KeyStratum>> byPattern = new TreeMap<>();
        sample.strata().stream()
                .filter(stratum -> !stratum.keys().isEmpty())
                .forEach(stratum -> byPattern
                        .computeIfAbsent(stratum.pattern(), _ -> new ArrayList<>())
                        .add(stratum));
        return byPattern.values().stream()
                .map(KeyFamilies::family)
                .sorted(Comparator.comparingLong(KeyFamily::estimatedBytes)
                        .thenComparingLong(KeyFamily::estimatedKeys)
                        .reversed()
                        .thenComparing(KeyFamily::pattern))
                .toList();
    }

    private static KeyFamily family(List<KeyStratum> strata) {
        List<SampledKey> keys = strata.stream()
                .flatMap(stratum -> stratum.keys().stream())
                .sorted(Comparator.comparingInt(SampledKey::database).thenComparing(SampledKey::name))
                .toList();
        Map<String, Integer> encodings = new HashMap<>();
        keys.forEach(
                key -> key.encoding().toOptional().ifPresent(encoding -> encodings.merge(encoding, 1, Integer::sum)));
        Map<String, Double> types = shares(strata, SampledKey::type);
        KeyStratum first = strata.getFirst();
        UseCasePlacement placed = UseCasePlacement.of(first.pattern(), mainType(types), fieldNames(keys));
        return new KeyFamily(
                first.pattern(),
                first.glob(),
                placed.useCase(),
                placed.confidence(),
                Math.round(
                        strata.stream().mapToDouble(KeyStratum::estimatedKeys).sum()),
                // Databases are sampled one by one, so their errors add up as squares do.
                Math.round(Math.sqrt(strata.stream()
                        .mapToDouble(stratum -> stratum.margin() * stratum.margin())
                        .sum())),
                estimatedBytes(strata),
                types,
                encodings,
                withoutTtlShare(strata),
                keys);
    }

    private static long estimatedBytes(List<KeyStratum> strata) {
        double bytes = 0;
        for (KeyStratum stratum : strata) {
            double mean = stratum.keys().stream()
                    .flatMap(key -> key.bytes().toOptional().stream())
                    .mapToLong(Long::longValue)
                    .average()
                    .orElse(0);
            bytes += mean * stratum.estimatedKeys();
        }
        return Math.round(bytes);
    }

    /// The share of the family's keys for each value that a sampled key can have.
    private static <T> Map<T, Double> shares(List<KeyStratum> strata, Function<SampledKey, T> of) {
        double total = strata.stream().mapToDouble(KeyStratum::estimatedKeys).sum();
        Map<T, Double> shares = new HashMap<>();
        for (KeyStratum stratum : strata) {
            stratum.keys().forEach(key -> shares.merge(of.apply(key), stratum.weight() / total, Double::sum));
        }
        return shares;
    }

    private static String mainType(Map<String, Double> types) {
        return types.entrySet().stream()
                .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static Set<String> fieldNames(List<SampledKey> keys) {
        return keys.stream()
                .flatMap(key -> key.value().toOptional().stream())
                .map(ValueFacts::fieldNames)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static double withoutTtlShare(List<KeyStratum> strata) {
        double known = weight(strata, key -> key.timeToLive().isKnown() ? 1 : 0);
        double endless = weight(
                strata,
                key -> key.timeToLive().map(left -> left.isEmpty() ? 1.0 : 0.0).orElse(0.0));
        return known == 0 ? Double.NaN : endless / known;
    }

    private static double weight(List<KeyStratum> strata, ToDoubleFunction<SampledKey> of) {
        return strata.stream()
                .mapToDouble(stratum -> stratum.weight()
                        * stratum.keys().stream().mapToDouble(of).sum())
                .sum();
    }
}
