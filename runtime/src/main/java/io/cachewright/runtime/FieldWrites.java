package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.runtime.Routing.Repeat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The writes of fields of one class, which name what they change.
final class FieldWrites<V> {

    /// KEYS hash, marker where there is one; ARGV time to live ms or 0, how many fields to set, name and value of
    /// each, names of fields to delete. Gives 1 when the server tells of a change.
    private static final ServerScript WRITE = new ServerScript("""
            local sets = tonumber(ARGV[2])
            local deleted = 0
            for i = 3, 1 + 2 * sets, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
            for i = 3 + 2 * sets, #ARGV do deleted = deleted + redis.call('HDEL', KEYS[1], ARGV[i]) end
            if ARGV[1] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            if #KEYS == 2 then
                redis.call('SET', KEYS[2], '')
                redis.call('DEL', KEYS[2])
            end
            return (sets > 0 or deleted > 0) and 1 or 0
            """);

    private final CacheClass policy;
    private final Codec<V> codec;
    private final Routing routing;
    private final InvalidationLatency latency;
    private final Duration timeout;

    FieldWrites(CacheClass policy, Codec<V> codec, Routing routing, InvalidationLatency latency, Duration timeout) {
        this.policy = policy;
        this.codec = codec;
        this.routing = routing;
        this.latency = latency;
        this.timeout = timeout;
    }

    void put(String key, Map<String, V> values, Duration ttl) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(bytes(Long.toString(Writes.millis(ttl))));
        arguments.add(bytes(Integer.toString(values.size())));
        values.forEach((field, value) -> {
            arguments.add(bytes(field));
            arguments.add(codec.encode(value));
        });
        write(key, values.keySet(), arguments);
    }

    void delete(String key, Collection<String> fields) {
        List<byte[]> arguments = new ArrayList<>(List.of(bytes("0"), bytes("0")));
        fields.forEach(field -> arguments.add(bytes(field)));
        write(key, fields, arguments);
    }

    private void write(String key, Collection<String> fields, List<byte[]> arguments) {
        List<String> keys = new ArrayList<>(List.of(key));
        FieldMarker.name(policy.prefix(), key, fields).ifPresent(keys::add);
        latency.sent(key);
        await(
                key,
                WRITE.call(
                                command -> routing.write(keys, command, policy.durability(), Repeat.NEVER),
                                keys,
                                () -> arguments)
                        .thenApply(changed -> changed == 1));
    }

    void delete(String key) {
        latency.sent(key);
        await(
                key,
                routing.write(List.of(key), () -> Commands.unlink(key), policy.durability(), Repeat.NEVER)
                        .thenApply(deleted -> deleted > 0));
    }

    private void await(String key, CompletableFuture<Boolean> hasChanged) {
        latency.measure(key, hasChanged);
        Failures.awaitWrite(key, hasChanged, timeout);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
