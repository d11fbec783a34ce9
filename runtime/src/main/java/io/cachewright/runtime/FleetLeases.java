package io.cachewright.runtime;

import io.cachewright.runtime.loading.Fills.Permit;
import io.cachewright.runtime.loading.Want;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The leases under which a fleet loads each key once.
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
final class FleetLeases {

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

    private final Routing routing;
    private final Duration timeout;
    private final long leaseMillis;

    FleetLeases(Routing routing, Duration timeout, long leaseMillis) {
        this.routing = routing;
        this.timeout = timeout;
        this.leaseMillis = leaseMillis;
    }

    /// Who may load each of `wants`.
    Map<String, Permit> acquire(List<Want> wants, String token) {
        Map<String, Permit> permits = new LinkedHashMap<>();
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
            long code = Failures.await(answer, timeout);
            return code == GRANTED ? Permit.GRANTED : code == FRESH ? Permit.FRESH : Permit.HELD;
        } catch (CacheException.Unavailable _) {
            return Permit.GRANTED;
        }
    }

    /// The source is being asked still.
    void renew(List<String> keys, String token) {
        for (String key : keys) {
            var _ = RENEW.call(
                    command -> routing.call(key, command),
                    List.of(LeaseKey.of(key)),
                    () -> List.of(bytes(token), bytes(leaseMillis)));
        }
    }

    /// Brings in what was loaded under the lease, which ends: false where it had ended before. One that comes
    /// late and is repeated finds its lease gone.
    CompletableFuture<Boolean> fill(String key, String token, byte[] value, long ttlMillis) {
        return FILL.call(
                        command -> routing.write(key, command),
                        List.of(key, LeaseKey.of(key)),
                        () -> List.of(bytes(token), value, bytes(ttlMillis)))
                .thenApply(filled -> filled == 1);
    }

    /// Ends the leases without a fill.
    void release(List<String> keys, String token) {
        keys.stream()
                .map(key -> RELEASE.call(
                        command -> routing.call(key, command), List.of(LeaseKey.of(key)), () -> List.of(bytes(token))))
                .toList()
                .forEach(released -> Failures.await(released, timeout));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }
}
