package io.cachewright.sizing.whatif;

import io.cachewright.sizing.server.EvictionPolicy;
import io.cachewright.sizing.server.ModelledServer;
import io.cachewright.sizing.server.ReplayClock;
import io.cachewright.sizing.server.ReplayResult;
import io.cachewright.sizing.server.ServerTraits;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/// Several instances, each with its own keys and memory, against one with all of it.
///
/// Read from left to right it is a merger; from right to left, a split.
///
/// @param instances each by itself
/// @param merged the one that has all keys, and the memory of all: their memory for keys, and one baseline
public record InstanceWhatIf(List<Instance> instances, Instance merged) {

    /// @param maxmemoryBytes with the server's baseline
    public record Instance(String name, long maxmemoryBytes, long reads, long hits) {
        public double hitRatio() {
            return reads == 0 ? 0 : (double) hits / reads;
        }
    }

    public InstanceWhatIf {
        instances = List.copyOf(instances);
    }

    /// Hits of all instances among all their reads.
    public double separateHitRatio() {
        long reads = instances.stream().mapToLong(Instance::reads).sum();
        long hits = instances.stream().mapToLong(Instance::hits).sum();
        return reads == 0 ? 0 : (double) hits / reads;
    }

    /// How much the hit ratio rises by merging; negative when keeping apart is better.
    public double gainByMerging() {
        return merged.hitRatio() - separateHitRatio();
    }

    /// @param groups the instance of each key
    /// @param bytesForKeys the memory for keys of each instance, in the order of the groups
    public static InstanceWhatIf of(
            Trace trace,
            KeyGroups groups,
            List<Long> bytesForKeys,
            ServerTraits traits,
            EvictionPolicy policy,
            ReplayClock clock) {
        if (groups.count() != bytesForKeys.size()) {
            throw new IllegalArgumentException(
                    "each instance has its memory: " + groups.count() + " and " + bytesForKeys.size());
        }
        List<Instance> instances = new ArrayList<>();
        long all = 0;
        for (int group = 0; group < groups.count(); group++) {
            all += bytesForKeys.get(group);
            String name = groups.names().get(group);
            Trace own = part(trace, groups, group);
            instances.add(run(name, own, bytesForKeys.get(group), traits, policy, paced(clock, own, trace)));
        }
        return new InstanceWhatIf(instances, run("merged", trace, all, traits, policy, clock));
    }

    /// The accesses of one group's keys.
    public static Trace part(Trace trace, KeyGroups groups, int group) {
        boolean[] kept = new boolean[trace.keyCount()];
        for (int key = 0; key < kept.length; key++) {
            kept[key] = groups.of(key) == group;
        }
        return trace.filtered(trace.description() + ", " + groups.names().get(group), kept);
    }

    private static ReplayClock paced(ReplayClock clock, Trace part, Trace whole) {
        return switch (clock) {
            case ReplayClock.TraceTime _ -> clock;
            case ReplayClock.FullSpeed(double perSecond) ->
                part.length() == 0 ? clock : ReplayClock.fullSpeed(perSecond * part.length() / whole.length());
        };
    }

    private static Instance run(
            String name,
            Trace trace,
            long bytesForKeys,
            ServerTraits traits,
            EvictionPolicy policy,
            ReplayClock clock) {
        long maxmemory = traits.baselineBytes() + bytesForKeys;
        ReplayResult result = new ModelledServer(traits, policy, maxmemory).replay(trace, clock);
        return new Instance(name, maxmemory, result.reads(), result.hits());
    }
}
