package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.prove.Proof.Comparison;
import io.cachewright.optimizer.prove.Proof.Verdict;
import java.util.List;
import java.util.Map;

/// What another encoding limit does to one family, measured on two servers that hold the same sample of it.
///
/// @param family pattern of the family
/// @param reason what the limit was said to do
/// @param sampleKeys how many keys were loaded
/// @param keys how many the family has, estimated from the sample
/// @param before the sample under the limit of today
/// @param after the same sample under the other
/// @param operations what single operations cost; empty when the time was used up
/// @param setting how it was measured, as one line
public record EncodingEffect(
        String family,
        String type,
        String parameter,
        String from,
        String to,
        String reason,
        int sampleKeys,
        long keys,
        Stored before,
        Stored after,
        List<OperationCost> operations,
        String setting) {

    /// How a sample lies in a server's memory.
    ///
    /// @param memoryUsageBytes sum of MEMORY USAGE over its keys, every element counted
    /// @param usedBytes what `used_memory` says the server holds for it, the main hash table included
    /// @param encodings keys by OBJECT ENCODING
    public record Stored(long memoryUsageBytes, long usedBytes, Map<String, Integer> encodings) {
        public Stored {
            encodings = Map.copyOf(encodings);
        }
    }

    /// One operation under both limits: change of the server's time for it, of its latency, of its throughput.
    public record OperationCost(String operation, Verdict verdict, List<Comparison> comparisons, String reason) {
        public OperationCost {
            comparisons = List.copyOf(comparisons);
        }
    }

    public EncodingEffect {
        operations = List.copyOf(operations);
    }

    /// Relative change of the memory: −0.4 is 40 % less.
    public double memoryChange() {
        return (double) after.memoryUsageBytes() / before.memoryUsageBytes() - 1;
    }

    /// Bytes that the whole family would save; negative when it would take more.
    public long savedBytes() {
        return Math.round((double) (before.memoryUsageBytes() - after.memoryUsageBytes()) / sampleKeys * keys);
    }

    /// Whether it saves enough to count.
    public boolean savesMemory() {
        return memoryChange() <= -Judgement.SMALLEST_EFFECT;
    }

    /// Whether it takes enough more to count.
    public boolean takesMemory() {
        return memoryChange() >= Judgement.SMALLEST_EFFECT;
    }
}
