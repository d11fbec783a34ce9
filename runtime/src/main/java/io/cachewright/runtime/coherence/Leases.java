package io.cachewright.runtime.coherence;

import java.util.HashMap;
import java.util.Map;

/* All leases of one link, grouped by key.
 *
 * A group lives from the first lease of a key until its last lease ends or the key is invalidated; an invalidation
 * voids the group, and the next lease starts a new one. So an answer that was on its way when the invalidation came
 * cannot be stored, and one asked for after it can: the lease of "Scaling Memcache at Facebook" (NSDI 2013), section
 * 3.2.1, kept by the reader.
 *
 * Within a group answers may reach the store in another order than they came in, since readers decode on their own
 * threads. Only the newest arrival is stored, or an old answer would replace a newer one until the invalidation comes.
 */
final class Leases<K> {

    static final class Group {
        private int open;
        boolean voided;
        private long storedArrival;
    }

    private final Map<K, Group> groups = new HashMap<>();
    private final int leasesMax;
    private int open;
    private long arrivals;

    Leases(int leasesMax) {
        this.leasesMax = leasesMax;
    }

    /// A lease; one that never allows storing when too many are open or `storable` is false.
    Lease<K> take(K key, long nowNanos, long generation, boolean storable) {
        if (!storable || open >= leasesMax) {
            return new Lease<>(key, nowNanos, generation, null);
        }
        Group group = groups.computeIfAbsent(key, _ -> new Group());
        group.open++;
        open++;
        return new Lease<>(key, nowNanos, generation, group);
    }

    void arrived(Lease<K> lease) {
        lease.arrival = ++arrivals;
    }

    /// Ends the lease and says whether its answer may be stored.
    boolean end(Lease<K> lease, boolean store) {
        Group group = lease.group;
        if (group == null || lease.ended) {
            return false;
        }
        lease.ended = true;
        open--;
        group.open--;
        if (group.open == 0 && !group.voided) {
            groups.remove(lease.key());
        }
        if (!store || group.voided || lease.arrival == 0 || lease.arrival < group.storedArrival) {
            return false;
        }
        group.storedArrival = lease.arrival;
        return true;
    }

    /// Ends the lease of a read that stores no value of its own, and says whether the key has not changed since it was
    /// taken. Its answer takes no place before that of a value.
    boolean endUnstored(Lease<K> lease) {
        Group group = lease.group;
        boolean holds = group != null && !lease.ended && !group.voided && lease.arrival != 0;
        end(lease, false);
        return holds;
    }

    void voidKey(K key) {
        Group group = groups.remove(key);
        if (group != null) {
            group.voided = true;
        }
    }

    void voidAll() {
        groups.values().forEach(group -> group.voided = true);
        groups.clear();
    }

    long arrivals() {
        return arrivals;
    }

    int open() {
        return open;
    }
}
