package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Durability;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.loading.Fills;
import io.cachewright.runtime.loading.Loads;
import io.cachewright.runtime.loading.TtlJitter;
import io.cachewright.runtime.loading.Want;
import io.cachewright.runtime.wire.Envelope.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Brings loaded values into the server, under a lease where the fleet loads once.
///
/* The lease of a key is another key (see LeaseKey) that holds the token of its holder for a while, and is renewed
 * while the source is asked. It ends by a fill, by a release, by the death of its holder, or by an invalidation, which
 * deletes it together with the value: then the fill is refused, so that what was loaded before the invalidation does not
 * come back after it. The scripts make asking and taking, and comparing and filling, one step each.
 *
 * A lease is no lock: a holder that was paused for longer finds it gone, and the value may have been loaded twice. Only
 * one of them fills.
 *
 * Without a server there is no lease to be had, and each process loads for itself.
 */
final class ServerFills<V> implements Fills<V> {

    private static final long GRANTED = -1;
    private static final long FRESH = -2;

    /// KEYS value, lease; ARGV token, lease ms, fresh above ms, tail of an unreadable value.
    private static final ServerScript ACQUIRE = new ServerScript("""
            local left = redis.call('PTTL', KEYS[1])
            if left ~= -2 and (ARGV[4] == '' or redis.call('GETRANGE', KEYS[1], -8, -1) ~= ARGV[4])
                and (left == -1 or left > tonumber(ARGV[3])) then return -2 end
            if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return -1 end
            if redis.call('GET', KEYS[2]) == ARGV[1] then return -1 end
            return redis.call('PTTL', KEYS[2])
            """);

    /// KEYS value, lease; ARGV token, value, time to live ms.
    private static final ServerScript FILL = new ServerScript("""
            if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
            redis.call('DEL', KEYS[2])
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return 1
            """);

    /// KEYS lease; ARGV token.
    private static final ServerScript RELEASE = new ServerScript("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """);

    /// KEYS lease; ARGV token, lease ms.
    private static final ServerScript RENEW = new ServerScript("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return 0
            """);

    private final CacheClass policy;
    private final LoadLimits limits;
    private final StoredCodec<V> codec;
    private final Routing routing;
    private final Writes writes;
    private final Duration timeout;
    private final long leaseMillis;
    private final @Nullable Generations generations;
    /// The generations as they were before each load that is under way; as many as there may be loads.
    private final ConcurrentMap<Loading, List<Stamp>> stamps = new ConcurrentHashMap<>();

    private record Loading(String key, String token) {}

    private final ConcurrentMap<String, Set<Semaphore>> watched = new ConcurrentHashMap<>();

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
        this.leaseMillis = Loads.leaseMillis(limits);
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
        Map<String, Permit> permits = new LinkedHashMap<>();
        if (!limits.oncePerFleet()) {
            wants.forEach(want -> permits.put(want.key(), Permit.GRANTED));
            return permits;
        }
        Map<String, CompletableFuture<Long>> asked = new LinkedHashMap<>();
        for (Want want : wants) {
            if (!want.mayFill()) {
                permits.put(want.key(), Permit.GRANTED);
                continue;
            }
            asked.put(
                    want.key(),
                    ACQUIRE.call(
                            command -> routing.call(want.key(), command),
                            List.of(want.key(), LeaseKey.of(want.key())),
                            () -> List.of(
                                    bytes(token),
                                    bytes(leaseMillis),
                                    bytes(want.freshAboveMillis()),
                                    want.seenTail())));
        }
        asked.forEach((key, answer) -> permits.put(key, permit(answer)));
        return permits;
    }

    private Permit permit(CompletableFuture<Long> answer) {
        try {
            long code = await(answer);
            return code == GRANTED ? Permit.GRANTED : code == FRESH ? Permit.FRESH : Permit.HELD;
        } catch (CacheException.Unavailable _) {
            return Permit.GRANTED;
        }
    }

    @Override
    public void renew(List<String> keys, String token) {
        if (limits.oncePerFleet()) {
            for (String key : keys) {
                var _ = RENEW.call(
                        command -> routing.call(key, command),
                        List.of(LeaseKey.of(key)),
                        () -> List.of(bytes(token), bytes(leaseMillis)));
            }
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
            filled += await(each) ? 1 : 0;
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
        // A repetition that comes late finds its lease gone; without one it could undo what was written since.
        return limits.oncePerFleet()
                ? FILL.call(
                                command -> routing.write(key, command),
                                List.of(key, LeaseKey.of(key)),
                                () -> List.of(bytes(token), value, bytes(ttlMillis)))
                        .thenApply(filled -> filled == 1)
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
            keys.stream()
                    .map(key -> RELEASE.call(
                            command -> routing.call(key, command),
                            List.of(LeaseKey.of(key)),
                            () -> List.of(bytes(token))))
                    .toList()
                    .forEach(this::await);
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        return Failures.await(answer, timeout);
    }

    // Changes

    /// `key` was written by somebody.
    void changed(String key) {
        Set<Semaphore> waiters = watched.get(key);
        if (waiters != null) {
            waiters.forEach(Semaphore::release);
        }
    }

    @Override
    public Watch watch(List<String> keys) {
        Semaphore changes = new Semaphore(0);
        keys.forEach(key ->
                watched.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet()).add(changes));
        return new Watch() {
            @Override
            public void await(long nanos) throws InterruptedException {
                if (changes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                    changes.drainPermits();
                }
            }

            @Override
            public void close() {
                keys.forEach(key -> watched.computeIfPresent(key, (_, waiters) -> {
                    waiters.remove(changes);
                    return waiters.isEmpty() ? null : waiters;
                }));
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }
}
