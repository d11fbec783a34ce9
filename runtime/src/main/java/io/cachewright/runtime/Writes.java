package io.cachewright.runtime;

import io.cachewright.domain.SlotKeys;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Durability;
import io.cachewright.domain.policy.Writers;
import io.cachewright.runtime.Routing.Repeat;
import io.cachewright.runtime.WriteScripts.Form;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// The writes of one class: plain, or with a version and an entry in the log where all writers use this library; waited
/// for as the class asks.
///
/// A write is sent again only when the server said that it did not execute it (redirects, `NOSCRIPT`, `LOADING`).
final class Writes {

    private static final Duration TTL_MIN = Duration.ofMillis(1);
    private static final Duration TTL_MAX = Duration.ofDays(36_500);

    /// What a log keeps at least. An entry is about a hundred bytes, so a log stays near a megabyte.
    private static final int LOG_ENTRIES = CatchUp.ENTRIES_MAX;

    /// A function, told to the server and called again, then by hash, then as a text.
    private static final int FORMS_TRIED_MAX = 4;

    private static final String ANY_VERSION = "";
    private static final String NO_VALUE = "0";

    /// Makes the marks of this process' writes unique.
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 18);

    private static final AtomicLong WRITES = new AtomicLong();

    private final CacheClass policy;
    private final Routing routing;
    private final InvalidationLatency latency;
    private final Duration timeout;
    private final LogKeys logs;
    private volatile Form form = Form.FUNCTION;

    Writes(CacheClass policy, Routing routing, InvalidationLatency latency, LogKeys logs, Duration timeout) {
        this.policy = policy;
        this.routing = routing;
        this.latency = latency;
        this.logs = logs;
        this.timeout = timeout;
    }

    boolean areOf(String key) {
        return key.startsWith(policy.prefix());
    }

    boolean areVersioned() {
        return policy.writers() == Writers.LIBRARY;
    }

    void put(String key, byte[] value, Duration ttl) {
        if (areVersioned()) {
            putIf(key, ANY_VERSION, value, ttl);
        } else {
            long millis = millis(ttl);
            latency.sent(key);
            await(
                    key,
                    told(
                            key,
                            routing.write(
                                            List.of(key),
                                            () -> Commands.set(key, value, millis),
                                            policy.durability(),
                                            Repeat.NEVER)
                                    .thenApply(_ -> true)));
        }
    }

    /// The new version; empty when the value there has another one than `version`.
    OptionalLong putIfVersion(String key, long version, byte[] value, Duration ttl) {
        return putIf(key, Version.toId(version), value, ttl);
    }

    /// The new version; empty when there is a value.
    OptionalLong putIfAbsent(String key, byte[] value, Duration ttl) {
        return putIf(key, NO_VALUE, value, ttl);
    }

    private OptionalLong putIf(String key, String version, byte[] value, Duration ttl) {
        byte[] millis = bytes(millis(ttl));
        latency.sent(key);
        List<Object> answer = await(
                key,
                script(
                        WriteScripts.PUT,
                        List.of(key),
                        List.of(millis, bytes(version), value),
                        policy.durability(),
                        Repeat.NEVER));
        if (!isDone(answer)) {
            latency.unchanged(key);
            return OptionalLong.empty();
        }
        return OptionalLong.of(Version.toLong(Primary.text(answer.get(1))));
    }

    /// All at once, as every reader of the server sees it.
    void putAll(SlotKeys keys, List<byte[]> values, Duration ttl) {
        List<byte[]> arguments = new ArrayList<>(List.of(bytes(millis(ttl))));
        arguments.addAll(values);
        await(
                keys.keys().getFirst(),
                script(WriteScripts.PUT_ALL, keys.keys(), arguments, policy.durability(), Repeat.NEVER));
    }

    void delete(String key) {
        await(key, deleted(key, Repeat.NEVER));
    }

    /// Deletes `key`, and where the class loads and logs the lease of who loads it; whether there was a value.
    CompletableFuture<Boolean> deleted(String key, Repeat repeat) {
        latency.sent(key);
        if (!areVersioned()) {
            return told(
                    key,
                    routing.write(List.of(key), () -> Commands.unlink(key), policy.durability(), repeat)
                            .thenApply(count -> count > 0));
        }
        boolean isLoaded = policy.loading().isPresent();
        return told(
                key,
                script(
                                isLoaded ? WriteScripts.VOID : WriteScripts.DELETE,
                                isLoaded ? List.of(key, LeaseKey.of(key)) : List.of(key),
                                List.of(),
                                policy.durability(),
                                repeat)
                        .thenApply(Writes::isDone));
    }

    private CompletableFuture<Boolean> told(String key, CompletableFuture<Boolean> hasChanged) {
        latency.measure(key, hasChanged);
        return hasChanged;
    }

    /// Brings in what was loaded under the lease that holds `token`; whether it still did.
    CompletableFuture<Boolean> fill(String key, String token, byte[] value, long ttlMillis) {
        return script(
                        WriteScripts.FILL,
                        List.of(key, LeaseKey.of(key)),
                        List.of(bytes(token), bytes(ttlMillis), value),
                        Durability.async(),
                        Repeat.NEVER)
                .thenApply(Writes::isDone);
    }

    /// Brings in what was loaded without a lease.
    CompletableFuture<Boolean> fill(String key, byte[] value, long ttlMillis) {
        return script(
                        WriteScripts.PUT,
                        List.of(key),
                        List.of(bytes(ttlMillis), bytes(ANY_VERSION), value),
                        Durability.async(),
                        Repeat.NEVER)
                .thenApply(Writes::isDone);
    }

    private static boolean isDone(List<Object> answer) {
        return Primary.text(answer.getFirst()).equals("1");
    }

    /// Runs `script` on `keys`, of one slot, and the log of that slot.
    private CompletableFuture<List<Object>> script(
            WriteScripts script, List<String> keys, List<byte[]> arguments, Durability durability, Repeat repeat) {
        List<String> all = new ArrayList<>(keys);
        all.add(logs.logOf(keys.getFirst()));
        List<byte[]> values =
                new ArrayList<>(List.of(bytes(LOG_ENTRIES), bytes(PROCESS + "-" + WRITES.incrementAndGet())));
        values.addAll(arguments);
        return run(new Call(script, keys, all, values, durability, repeat), form, FORMS_TRIED_MAX);
    }

    private record Call(
            WriteScripts script,
            List<String> written,
            List<String> keys,
            List<byte[]> values,
            Durability durability,
            Repeat repeat) {}

    private CompletableFuture<List<Object>> run(Call call, Form as, int triesLeft) {
        return routing.write(
                        call.written, () -> call.script.call(as, call.keys, call.values), call.durability, call.repeat)
                .exceptionallyCompose(failure -> triesLeft == 1
                        ? CompletableFuture.failedFuture(failure)
                        : otherwise(call, as, triesLeft - 1, failure));
    }

    /// Once more in another form, where the server does not know this one.
    private CompletableFuture<List<Object>> otherwise(Call call, Form as, int triesLeft, Throwable failure) {
        return switch (as) {
            case FUNCTION -> {
                if (WriteScripts.isUnknownFunction(failure)) {
                    // Whoever did not get it by being told is told the script itself.
                    boolean wasTold = triesLeft < FORMS_TRIED_MAX - 1;
                    yield wasTold
                            ? run(call, Form.SCRIPT, triesLeft)
                            : tell(call).thenCompose(next -> run(call, next, triesLeft));
                }
                if (WriteScripts.hasNoFunctions(failure)) {
                    form = Form.SCRIPT_BY_HASH;
                    yield run(call, Form.SCRIPT_BY_HASH, triesLeft);
                }
                yield CompletableFuture.failedFuture(failure);
            }
            case SCRIPT_BY_HASH ->
                WriteScripts.isUnknownScript(failure)
                        // The server remembers the text of what it runs.
                        ? run(call, Form.SCRIPT, triesLeft)
                        : CompletableFuture.failedFuture(failure);
            case SCRIPT -> CompletableFuture.failedFuture(failure);
        };
    }

    private CompletableFuture<Form> tell(Call call) {
        return routing.call(call.written.getFirst(), WriteScripts::load).handle((_, failure) -> {
            if (failure != null) {
                form = Form.SCRIPT_BY_HASH;
            }
            return form;
        });
    }

    /// As servers count a time to live; zero for none, as nothing else may be taken for it.
    ///
    /// @throws IllegalArgumentException when it is neither zero nor from 1 ms to 100 years
    static long millis(Duration ttl) {
        if (!ttl.isZero() && (ttl.compareTo(TTL_MIN) < 0 || ttl.compareTo(TTL_MAX) > 0)) {
            throw new IllegalArgumentException("ttl must be zero, for none, or from 1 ms to 100 years, was " + ttl);
        }
        return ttl.toMillis();
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <T> T await(String key, CompletableFuture<T> write) {
        return Failures.awaitWrite(key, write, timeout);
    }

    /// The write never left this process.
    static final class NotSent extends RuntimeException {
        NotSent(String message) {
            super(message, null, false, false);
        }
    }
}
