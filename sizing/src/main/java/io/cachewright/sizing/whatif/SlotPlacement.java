package io.cachewright.sizing.whatif;

import io.cachewright.domain.HashSlot;
import io.cachewright.sizing.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Where a cluster would put the keys of a trace, and what each shard would have to do.
///
/// @param shards by number; slots are spread over them evenly and in order, as `redis-cli --cluster create` does
/// @param hottestSlots the ten with the most accesses, most first
/// @param hottestKey the name of the key with the most accesses, as placed
/// @param hottestKeyShare its share of all accesses, 0 to 1
public record SlotPlacement(List<Shard> shards, List<Slot> hottestSlots, String hottestKey, double hottestKeyShare) {

    private static final int HOTTEST = 10;

    /// @param accesses that it would get
    /// @param keys that it would hold
    /// @param valueBytes of those keys, by their latest values
    public record Shard(int number, long accesses, int keys, long valueBytes) {}

    /// @param share of all accesses, 0 to 1
    public record Slot(int number, long accesses, int keys, double share) {}

    public SlotPlacement {
        shards = List.copyOf(shards);
        hottestSlots = List.copyOf(hottestSlots);
    }

    /// How many times the mean load the busiest shard has; 1 is perfectly even.
    public double imbalance() {
        double mean = shards.stream().mapToLong(Shard::accesses).average().orElse(0);
        long most = shards.stream().mapToLong(Shard::accesses).max().orElse(0);
        return mean == 0 ? 1 : most / mean;
    }

    /// Places the keys under their own names.
    public static SlotPlacement of(Trace trace, int shards) {
        return of(trace, shards, name -> name);
    }

    /// Places the keys under other names, for example with another hash tag.
    public static SlotPlacement of(Trace trace, int shards, UnaryOperator<String> renamed) {
        if (shards < 1 || shards > HashSlot.COUNT) {
            throw new IllegalArgumentException("a cluster has 1 to " + HashSlot.COUNT + " shards, was " + shards);
        }
        int[] accessesByKey = trace.accessesByKey();
        int[] bytesByKey = new int[trace.keyCount()];
        for (int access = 0; access < trace.length(); access++) {
            bytesByKey[trace.key(access)] = trace.valueBytes(access);
        }
        long[] accesses = new long[HashSlot.COUNT];
        int[] keys = new int[HashSlot.COUNT];
        long[] bytes = new long[HashSlot.COUNT];
        int hottest = 0;
        for (int key = 0; key < trace.keyCount(); key++) {
            int slot = HashSlot.of(renamed.apply(trace.keyName(key)));
            accesses[slot] += accessesByKey[key];
            keys[slot]++;
            bytes[slot] += bytesByKey[key];
            hottest = accessesByKey[key] > accessesByKey[hottest] ? key : hottest;
        }
        return new SlotPlacement(
                shards(shards, accesses, keys, bytes),
                hottest(accesses, keys, trace.length()),
                trace.keyCount() == 0 ? "" : renamed.apply(trace.keyName(hottest)),
                trace.length() == 0 ? 0 : (double) accessesByKey[hottest] / trace.length());
    }

    /// The shard of a slot: even ranges, rounded as `redis-cli` rounds them.
    static int shardOf(int slot, int shards) {
        double slotsAShard = (double) HashSlot.COUNT / shards;
        int guess = Math.min(shards - 1, (int) (slot / slotsAShard));
        // The last slot of a shard is rounded, so the neighbours are looked at too.
        for (int shard = Math.max(0, guess - 1); shard < shards; shard++) {
            long last = shard == shards - 1 ? HashSlot.COUNT - 1 : Math.round(slotsAShard * (shard + 1) - 1);
            if (slot <= last) {
                return shard;
            }
        }
        return shards - 1;
    }

    private static List<Shard> shards(int count, long[] accesses, int[] keys, long[] bytes) {
        long[] accessesOf = new long[count];
        int[] keysOf = new int[count];
        long[] bytesOf = new long[count];
        for (int slot = 0; slot < HashSlot.COUNT; slot++) {
            int shard = shardOf(slot, count);
            accessesOf[shard] += accesses[slot];
            keysOf[shard] += keys[slot];
            bytesOf[shard] += bytes[slot];
        }
        List<Shard> shards = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            shards.add(new Shard(shard, accessesOf[shard], keysOf[shard], bytesOf[shard]));
        }
        return shards;
    }

    private static List<Slot> hottest(long[] accesses, int[] keys, int all) {
        return IntStream.range(0, HashSlot.COUNT)
                .filter(slot -> accesses[slot] > 0)
                .mapToObj(slot -> new Slot(slot, accesses[slot], keys[slot], (double) accesses[slot] / all))
                .sorted(Comparator.comparingLong(Slot::accesses).reversed())
                .limit(HOTTEST)
                .toList();
    }
}
