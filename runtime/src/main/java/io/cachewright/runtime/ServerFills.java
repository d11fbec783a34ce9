package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Durability;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.loading.Fills;
import io.cachewright.runtime.loading.Loads;
import io.cachewright.runtime.loading.TtlJitter;
import io.cachewright.runtime.loading.Want;
import io.cachewright.runtime.wire.Envelope.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Brings loaded values into the server, under a [lease][FleetLeases] where the fleet loads once.
final class ServerFills<V> implements Fills<V> {

    private final CacheClass policy;
    private final LoadLimits limits;
    private final StoredCodec<V> codec;
    private final Routing routing;
    private final Writes writes;
    private final Duration timeout;
    private final FleetLeases leases;
    private final @Nullable Generations generations;
    /// The generations as they were before each load that is under way; as many as there may be loads.
    private final ConcurrentMap<Loading, List<Stamp>> stamps = new ConcurrentHashMap<>();

    private record Loading(String key, String token) {}

    private final KeyWatches watches = new KeyWatches();

    ServerFills(
            CacheClass policy,
            LoadLimits limits,
            StoredCodec<V> codec,
            Routing routing,
            Writes writes,
            Duration timeout,
            @Nullable Generations generations) {
        this.policy = policy;
        this.limits = limits;
        this.codec = codec;
        this.routing = routing;
        this.writes = writes;
        this.timeout = timeout;
        this.generations = generations;
        this.leases = new FleetLeases(routing, timeout, Loads.leaseMillis(limits));
    }

    /// Takes a lease and gives it back, so that a user who may not is told when the cache is built and not when
    /// the market opens. Says nothing while there is no server.
    void checkPermission() {
        if (limits.oncePerFleet()) {
            String key = policy.prefix() + "cachewright:permission";
            try {
                lease(List.of(Want.of(key, 0, Long.MAX_VALUE >> 10)), "check");
                release(List.of(key), "check");
            } catch (CacheException.Rejected e) {
                throw new CacheException.Rejected(
                        "class " + policy.name() + " loads once per fleet, which needs a user who may run +eval,"
                                + " +evalsha and what the scripts call (+get +set +del +getrange +pttl +pexpire) on "
                                + policy.prefix() + "* and cachewright:lease:*: " + e.getMessage(),
                        e);
            } catch (CacheException.Unavailable _) {
                // It will be seen at the first load.
            }
        }
    }

    @Override
    public Map<String, Permit> acquire(List<Want> wants, String token) {
        Map<String, Permit> permits = lease(wants, token);
        if (generations != null) {
            permits.forEach((key, permit) -> {
                if (permit == Permit.GRANTED) {
                    stamps.put(new Loading(key, token), stampsFor(key));
                }
            });
        }
        return permits;
    }

    /// Read before the source is, so that what changes afterwards voids what was read.
    private List<Stamp> stampsFor(String key) {
        try {
            return generations == null ? List.of() : generations.stampsFor(policy, key);
        } catch (CacheException.Unavailable | CacheException.Refused _) {
            // Nothing can be brought in anyhow; this generation is nobody's.
            return List.of(new Stamp(Generations.nameOfClass(policy.name()), 0));
        }
    }

    private Map<String, Permit> lease(List<Want> wants, String token) {
        if (limits.oncePerFleet()) {
            return leases.acquire(wants, token);
        }
        Map<String, Permit> permits = new LinkedHashMap<>();
        wants.forEach(want -> permits.put(want.key(), Permit.GRANTED));
        return permits;
    }

    @Override
    public void renew(List<String> keys, String token) {
        if (limits.oncePerFleet()) {
            leases.renew(keys, token);
        }
    }

    @Override
    public int fill(List<Filling<V>> fillings, String token) {
        List<CompletableFuture<Boolean>> sent = new ArrayList<>();
        List<String> unkept = new ArrayList<>();
        for (Filling<V> filling : fillings) {
            if (!filling.want().mayFill()) {
                stamps.remove(new Loading(filling.want().key(), token));
                continue;
            }
            long ttlMillis = ttlMillis(filling);
            if (ttlMillis == 0) {
                unkept.add(filling.want().key());
            } else {
                sent.add(send(filling, ttlMillis, token));
            }
        }
        release(unkept, token);
        int filled = fillings.size() - sent.size();
        for (CompletableFuture<Boolean> each : sent) {
            filled += Failures.await(each, timeout) ? 1 : 0;
        }
        return filled;
    }

    private CompletableFuture<Boolean> send(Filling<V> filling, long ttlMillis, String token) {
        String key = filling.want().key();
        byte[] value = codec.encode(
                filling.value(),
                filling.tookNanos(),
                Objects.requireNonNullElse(stamps.remove(new Loading(key, token)), List.of()));
        if (writes.areVersioned()) {
            return limits.oncePerFleet()
                    ? writes.fill(key, token, value, ttlMillis)
                    : writes.fill(key, value, ttlMillis);
        }
        // Without a lease a repetition that comes late could undo what was written since.
        return limits.oncePerFleet()
                ? leases.fill(key, token, value, ttlMillis)
                : routing.write(
                                List.of(key),
                                () -> Commands.set(key, value, ttlMillis),
                                Durability.async(),
                                Routing.Repeat.NEVER)
                        .thenApply(_ -> true);
    }

    /// How long the server shall keep it: past its own time to live, for as long as it may be served when the
    /// source fails; 0 for not at all. Whatever has more than that grace left is fresh, which is what the lease
    /// goes by.
    private long ttlMillis(Filling<V> filling) {
        Duration ttl = filling.value() == null ? limits.negativeTtl() : limits.ttl();
        return ttl.isZero()
                ? 0
                : TtlJitter.shorten(ttl.toMillis(), limits.ttlJitter(), ThreadLocalRandom.current())
                        + limits.staleIfError().toMillis();
    }

    @Override
    public void release(List<String> keys, String token) {
        keys.forEach(key -> stamps.remove(new Loading(key, token)));
        if (limits.oncePerFleet()) {
            leases.release(keys, token);
        }
    }

    // Changes

    /// `key` was written by somebody.
    void changed(String key) {
        watches.changed(key);
    }

    @Override
    public Watch watch(List<String> keys) {
        return watches.watch(keys);
    }
}
