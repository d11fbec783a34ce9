package io.cachewright.capture.behaviour;

import io.cachewright.capture.command.Key;
import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was done to each key, for all keys or, when there are too many, for a share of them that is chosen by the
/// hash of their names: then every key of the share is counted whole, and families are estimates.
final class KeyUses {

    private final int keysMax;
    private final Map<Key, Use> uses = new HashMap<>();
    /// Keys whose hash is below this, unsigned, are kept.
    private long threshold = -1;

    private int halvings;

    static final class Use {
        private long requests;
        private long reads;
        private long bytes;
        private long nanos;
    }

    KeyUses(int keysMax) {
        this.keysMax = keysMax;
    }

    void add(Key key, boolean isRead, long bytes, long nanos) {
        Use use = uses.get(key);
        if (use == null) {
            if (Long.compareUnsigned(key.hash(), threshold) > 0) {
                return;
            }
            use = new Use();
            uses.put(key, use);
        }
        use.requests++;
        use.reads += isRead ? 1 : 0;
        use.bytes += bytes;
        use.nanos += nanos;
        if (uses.size() > keysMax) {
            threshold >>>= 1;
            halvings++;
            uses.keySet().removeIf(kept -> Long.compareUnsigned(kept.hash(), threshold) > 0);
        }
    }

    /// Of all keys that are counted.
    double share() {
        return Math.scalb(1.0, -halvings);
    }

    List<Behaviour.FamilyUse> families() {
        return KeyGrouping.by((Map.Entry<Key, Use> entry) -> entry.getKey().toString())
                .sampled(share())
                .group(uses.entrySet())
                .stream()
                .map(this::family)
                .sorted(Comparator.comparingLong((Behaviour.FamilyUse family) -> -family.requests())
                        .thenComparing(Behaviour.FamilyUse::pattern))
                .toList();
    }

    private Behaviour.FamilyUse family(KeyGroup<Map.Entry<Key, Use>> group) {
        Use sum = new Use();
        for (Map.Entry<Key, Use> entry : group.members()) {
            sum.requests += entry.getValue().requests;
            sum.reads += entry.getValue().reads;
            sum.bytes += entry.getValue().bytes;
            sum.nanos += entry.getValue().nanos;
        }
        long factor = 1L << halvings;
        return new Behaviour.FamilyUse(
                group.pattern(),
                group.glob(),
                group.members().size() * factor,
                sum.requests * factor,
                sum.reads * factor,
                (sum.requests - sum.reads) * factor,
                sum.bytes * factor,
                sum.nanos * factor);
    }
}
