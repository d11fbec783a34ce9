package io.cachewright.app;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.prove.EncodingEffect;
import io.cachewright.optimizer.prove.EncodingEffect.OperationCost;
import io.cachewright.optimizer.prove.Proof.Comparison;
import io.cachewright.optimizer.prove.Proof.Verdict;
import io.cachewright.study.SnapshotSizeView;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What was measured of encodings, as the readers of a sizing see it.
final class EncodingRows {

    private EncodingRows() {}

    static SnapshotSizeView.Encoding row(EncodingEffect effect) {
        return new SnapshotSizeView.Encoding(
                effect.family(),
                effect.type(),
                effect.parameter(),
                effect.from(),
                effect.to(),
                effect.reason(),
                effect.sampleKeys(),
                effect.keys(),
                stored(effect.before()),
                stored(effect.after()),
                effect.savedBytes(),
                effect.memoryChange(),
                effect.operations().stream().map(EncodingRows::operation).toList(),
                conclusion(effect));
    }

    private static SnapshotSizeView.Stored stored(EncodingEffect.Stored stored) {
        return new SnapshotSizeView.Stored(
                stored.memoryUsageBytes(),
                stored.usedBytes(),
                stored.encodings().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new SnapshotSizeView.Count(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static SnapshotSizeView.Operation operation(OperationCost cost) {
        Optional<Comparison> time = comparison(cost, Metric.SERVER_TIME);
        Optional<Comparison> latency = comparison(cost, Metric.P50);
        return new SnapshotSizeView.Operation(
                cost.operation(),
                cost.verdict().label(),
                time.map(Comparison::baseline).orElse(null),
                time.map(Comparison::candidate).orElse(null),
                time.map(Comparison::change).orElse(null),
                time.map(Comparison::low).orElse(null),
                time.map(Comparison::high).orElse(null),
                latency.map(Comparison::baseline).orElse(null),
                latency.map(Comparison::candidate).orElse(null));
    }

    private static Optional<Comparison> comparison(OperationCost cost, Metric metric) {
        return cost.comparisons().stream()
                .filter(comparison -> comparison.metric() == metric)
                .findFirst();
    }

    private static String conclusion(EncodingEffect effect) {
        String slower = names(effect, Verdict.WORSE);
        String faster = names(effect, Verdict.IMPROVED);
        String memory =
                effect.savesMemory() ? "saves memory" : effect.takesMemory() ? "takes more memory" : "memory stays";
        if (effect.operations().isEmpty()) {
            return memory + "; what it costs was not measured in the time";
        }
        if (slower.isEmpty() && faster.isEmpty()) {
            return memory + "; no operation was shown to be slower or faster, within the intervals above";
        }
        return memory
                + (slower.isEmpty() ? "" : "; slower: " + slower)
                + (faster.isEmpty() ? "" : "; faster: " + faster);
    }

    private static String names(EncodingEffect effect, Verdict verdict) {
        return effect.operations().stream()
                .filter(cost -> cost.verdict() == verdict)
                .map(OperationCost::operation)
                .collect(Collectors.joining(", "));
    }
}
