package io.cachewright.optimizer.profile;

import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.domain.keys.UseCasePlacement;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The families of a sample, with what their sampled keys say of the whole.
final class KeyFamilies {

    private final double keysPerSample;

    private KeyFamilies(double keysPerSample) {
        this.keysPerSample = keysPerSample;
    }

    /// Families of a sample, largest in bytes first.
    static List<KeyFamily> of(KeyspaceSample sample) {
        KeyFamilies families = new KeyFamilies(sample.weight());
        return KeyGrouping.by(SampledKey::name).sampled(share(sample)).group(sample.keys()).stream()
                .map(families::family)
                .sorted(Comparator.comparingLong(KeyFamily::estimatedBytes)
                        .thenComparingLong(KeyFamily::estimatedKeys)
                        .reversed()
                        .thenComparing(KeyFamily::pattern))
                .toList();
    }

    /// Keys may go between DBSIZE and SCAN, so that a sample can seem larger than the whole.
    private static double share(KeyspaceSample sample) {
        return sample.weight() > 1 ? 1 / sample.weight() : 1;
    }

    private KeyFamily family(KeyGroup<SampledKey> group) {
        List<SampledKey> keys = group.members().stream()
                .sorted(Comparator.comparingInt(SampledKey::database).thenComparing(SampledKey::name))
                .toList();
        Map<String, Double> types = new HashMap<>();
        Map<String, Integer> encodings = new HashMap<>();
        for (SampledKey key : keys) {
            types.merge(key.type(), 1.0 / keys.size(), Double::sum);
            key.encoding().toOptional().ifPresent(encoding -> encodings.merge(encoding, 1, Integer::sum));
        }
        UseCasePlacement placed = UseCasePlacement.of(group.pattern(), mainType(keys), fieldNames(keys));
        return new KeyFamily(
                group.pattern(),
                group.glob(),
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

    private static String mainType(List<SampledKey> keys) {
        Map<String, Integer> counts = new HashMap<>();
        keys.forEach(key -> counts.merge(key.type(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
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
}
