package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// One run of a trace through a modelled server.
///
/* Before each access the server evicts until it is below its limit, then carries the access out: so it may stand above the
 * limit after a write, until the next command. Times are in milliseconds; seconds and
 * minutes tick where they tick in the trace. */
final class Replay {

    /// What the default `maxmemory-eviction-tenacity` (500 µs) is enough for, at about a microsecond a key.
    private static final int EVICTIONS_A_COMMAND_MAX = 512;

    /// What the millisecond that housekeeping spends on rehashing is enough for.
    private static final int BUCKETS_REHASHED_A_TICK = 10_000;

    private final ModelledServer server;
    private final ServerTraits traits;
    private final EvictionPolicy.Order order;
    private final KeyFootprint footprint;
    private final Trace trace;
    private final ReplayClock clock;
    private final KeyGroups groups;
    private final long[] readsByGroup;
    private final long[] hitsByGroup;
    private final SplittableRandom random;
    private final KeyTable keys;
    private final KeyTable expiring;
    private final KeyTable evictable;
    private final KeySampler sampler;
    private final EvictionPool pool = new EvictionPool();
    private final ExpiryCycle expiryCycle;
    private final int[] samples;
    private final long[] expiresAt;
    private final int[] keyBytes;
    private final UsageStamps stamps;

    private long now;
    private long nextTick;
    private long keyspaceBytes;
    private long evicted;
    private long expired;
    private long refused;

    Replay(ModelledServer server, KeyFootprint footprint, Trace trace, ReplayClock clock, KeyGroups groups) {
        this.server = server;
        this.traits = server.traits();
        this.order = server.policy().order();
        this.footprint = footprint;
        this.trace = trace;
        this.clock = clock;
        this.groups = groups;
        this.readsByGroup = new long[groups.count()];
        this.hitsByGroup = new long[groups.count()];
        this.random = new SplittableRandom(traits.seed());
        int count = trace.keyCount();
        int[] hashes = new int[count];
        Arrays.setAll(hashes, key -> KeyTable.hash(trace.keyId(key), traits.seed()));
        this.keys = new KeyTable(traits.layout(), traits.allocator(), hashes, this::mayAllocate);
        this.expiring = new KeyTable(traits.layout(), traits.allocator(), hashes, this::mayAllocate);
        this.evictable = server.policy().sparesPersistentKeys() ? expiring : keys;
        this.sampler = new KeySampler(evictable, traits.layout(), random);
        this.expiryCycle = new ExpiryCycle(expiring, this::removeIfExpired);
        this.samples = new int[traits.samples()];
        this.expiresAt = new long[count];
        this.keyBytes = new int[count];
        this.stamps = new UsageStamps(count, order == EvictionPolicy.Order.RARE, traits, random);
    }

    ReplayResult run() {
        for (int access = 0; access < trace.length(); access++) {
            now = switch (clock) {
                case ReplayClock.TraceTime _ -> Math.floorDiv(trace.timeMicros(access), 1_000L);
                case ReplayClock.FullSpeed(double perSecond) -> (long) (access * 1_000.0 / perSecond);
            };
            if (access == 0) {
                nextTick = now;
            }
            housekeeping();
            boolean mayGrow = evict();
            perform(access, mayGrow);
        }
        List<HitCount> counts = new ArrayList<>();
        for (int group = 0; group < groups.count(); group++) {
            counts.add(new HitCount(groups.names().get(group), readsByGroup[group], hitsByGroup[group]));
        }
        return new ReplayResult(counts, evicted, expired, refused, keys.size(), usedBytes());
    }

    private void housekeeping() {
        if (now < nextTick) {
            return;
        }
        int period = 1_000 / traits.hz();
        // A quiet hour needs no more than the few ticks that find every expired key.
        int ticks = (int) Math.min(50, (now - nextTick) / period + 1);
        for (int tick = 0; tick < ticks; tick++) {
            if (expiring.size() > 0) {
                expiryCycle.run();
            }
            keys.shrinkIfSparse();
            expiring.shrinkIfSparse();
            keys.rehash(BUCKETS_REHASHED_A_TICK);
            expiring.rehash(BUCKETS_REHASHED_A_TICK);
        }
        nextTick += ((now - nextTick) / period + 1) * period;
        stamps.tick(now);
    }

    private void perform(int access, boolean mayGrow) {
        int key = trace.key(access);
        switch (trace.operation(access)) {
            case READ -> {
                readsByGroup[groups.of(key)]++;
                if (lookUp(key)) {
                    hitsByGroup[groups.of(key)]++;
                    if (order != EvictionPolicy.Order.UNMODIFIED) {
                        stamps.touch(key);
                    }
                } else {
                    store(access, key, mayGrow);
                }
            }
            case WRITE -> store(access, key, mayGrow);
            case DELETE -> {
                if (lookUp(key)) {
                    remove(key);
                }
            }
        }
    }

    /// Whether the key is there; one that has expired is removed.
    private boolean lookUp(int key) {
        keys.step();
        if (!keys.contains(key)) {
            return false;
        }
        return !removeIfExpired(key);
    }

    private boolean removeIfExpired(int key) {
        if (!expiring.contains(key) || now <= expiresAt[key]) {
            return false;
        }
        remove(key);
        expired++;
        return true;
    }

    private void remove(int key) {
        if (expiring.contains(key)) {
            expiring.remove(key);
            keyspaceBytes -= footprint.expiryBytes();
        }
        keys.remove(key);
        keyspaceBytes -= keyBytes[key];
    }

    private void store(int access, int key, boolean mayGrow) {
        if (!mayGrow) {
            refused++;
            return;
        }
        boolean existed = lookUp(key);
        if (existed) {
            keyspaceBytes -= keyBytes[key];
        } else {
            keys.add(key);
        }
        keyBytes[key] =
                (int) Math.min(Integer.MAX_VALUE, footprint.bytes(trace.keyNameLength(key), trace.valueBytes(access)));
        keyspaceBytes += keyBytes[key];
        if (existed) {
            stamps.touch(key);
        } else {
            stamps.create(key);
        }
        setExpiry(key, trace.ttlMillis(access));
    }

    private void setExpiry(int key, long ttlMillis) {
        if (ttlMillis > 0) {
            if (!expiring.contains(key)) {
                expiring.add(key);
                keyspaceBytes += footprint.expiryBytes();
            }
            expiresAt[key] = now + ttlMillis;
        } else if (expiring.contains(key)) {
            expiring.remove(key);
            keyspaceBytes -= footprint.expiryBytes();
        }
    }

    private long usedBytes() {
        return traits.baselineBytes() + keyspaceBytes + keys.bytes() + expiring.bytes();
    }

    private boolean mayAllocate(long moreBytes) {
        return server.maxmemoryBytes() == 0 || usedBytes() + moreBytes <= server.maxmemoryBytes();
    }

    /// Evicts until the server is below its limit; false when nothing is left that may go.
    private boolean evict() {
        if (mayAllocate(0)) {
            return true;
        }
        for (int count = 0; count < EVICTIONS_A_COMMAND_MAX && !mayAllocate(0); count++) {
            if (evictable.size() == 0 || order == EvictionPolicy.Order.NONE) {
                return false;
            }
            remove(order == EvictionPolicy.Order.RANDOM ? sampler.anyKey() : bestCandidate());
            evicted++;
        }
        return true;
    }

    private int bestCandidate() {
        while (true) {
            int count = sampler.sample(samples, samples.length);
            for (int i = 0; i < count; i++) {
                pool.offer(samples[i], score(samples[i]));
            }
            while (!pool.isEmpty()) {
                int best = pool.takeBest();
                if (evictable.contains(best)) {
                    return best;
                }
            }
        }
    }

    private long score(int key) {
        return order == EvictionPolicy.Order.EXPIRY ? Long.MAX_VALUE - expiresAt[key] : stamps.score(key);
    }
}
