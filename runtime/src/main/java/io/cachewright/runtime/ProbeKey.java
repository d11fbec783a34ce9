package io.cachewright.runtime;

import io.cachewright.domain.HashSlot;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A key of the policy's classes that a given node of a cluster answers for, to ask it whether it still does.
final class ProbeKey {

    /// Enough to find one of a thousandth of all slots with near certainty.
    private static final int TRIES_PER_PREFIX = 20_000;

    private ProbeKey() {}

    /// Empty when no class has a key in `slots`, as far as was tried: then nobody reads over that link either.
    static Optional<String> find(List<String> prefixes, List<Integer> slots) {
        BitSet wanted = new BitSet(HashSlot.COUNT);
        slots.forEach(wanted::set);
        for (String prefix : prefixes) {
            for (int i = 0; i < TRIES_PER_PREFIX; i++) {
                String key = prefix + "cachewright-probe-" + i;
                if (wanted.get(HashSlot.of(key))) {
                    return Optional.of(key);
                }
            }
        }
        return Optional.empty();
    }
}
