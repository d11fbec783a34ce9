package io.cachewright.runtime;

import io.cachewright.domain.HashSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which primary owns each slot of a cluster, as one node told it.
final class SlotMap {

    private final @Nullable NodeAddress[] owners;

    private SlotMap(@Nullable NodeAddress[] owners) {
        this.owners = owners;
    }

    static SlotMap none() {
        return new SlotMap(new NodeAddress[HashSlot.COUNT]);
    }

    /// Reads the answer to `CLUSTER SLOTS` that `asked` gave: ranges of first slot, last slot, primary, replicas.
    ///
    /// @throws IllegalArgumentException when it is none
    static SlotMap parse(List<Object> answer, NodeAddress asked) {
        SlotMap map = none();
        for (Object part : answer) {
            if (!(part instanceof List<?> range
                    && range.size() >= 3
                    && range.get(0) instanceof Long first
                    && range.get(1) instanceof Long last
                    && range.get(2) instanceof List<?> primary
                    && primary.size() >= 2
                    && primary.get(1) instanceof Long port
                    && first >= 0
                    && last >= first
                    && last < HashSlot.COUNT
                    && port > 0)) {
                throw new IllegalArgumentException("no range of slots: " + part);
            }
            String host = primary.get(0) == null ? "" : Primary.text(primary.get(0));
            NodeAddress owner = new NodeAddress(host, Math.toIntExact(port)).seenFrom(asked);
            Arrays.fill(map.owners, Math.toIntExact(first), Math.toIntExact(last) + 1, owner);
        }
        return map;
    }

    @Nullable
    NodeAddress owner(int slot) {
        return owners[slot];
    }

    Set<NodeAddress> primaries() {
        Set<NodeAddress> all = new LinkedHashSet<>();
        for (NodeAddress owner : owners) {
            if (owner != null) {
                all.add(owner);
            }
        }
        return all;
    }

    List<Integer> slotsOf(NodeAddress node) {
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < owners.length; slot++) {
            if (node.equals(owners[slot])) {
                slots.add(slot);
            }
        }
        return slots;
    }

    boolean sameOwner(SlotMap other, int slot) {
        NodeAddress owner = owners[slot];
        return owner == null ? other.owners[slot] == null : owner.equals(other.owners[slot]);
    }

    boolean isSameAs(SlotMap other) {
        return Arrays.equals(owners, other.owners);
    }
}
