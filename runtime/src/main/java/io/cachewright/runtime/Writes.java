package io.cachewright.runtime;

import io.cachewright.domain.SlotKeys;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Writers;
import io.cachewright.runtime.WriteScripts.Form;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// The writes of one class: plain, or with a version and an entry in the log where all writers use this library; waited
/// for as the class asks.
///
/// A write is sent again only when the server said that it did not execute it (redirects, `NOSCRIPT`, `LOADING`).
final class Writes {

    /// What a log keeps at least. An entry is about a hundred bytes, so a log stays near a megabyte.
    private static final int LOG_ENTRIES = CatchUp.ENTRIES_MAX;

    private static final long RETRY_NANOS = 4_000_000;
    private static final String ANY_VERSION = "";
    private static final String NO_VALUE = "0";

    /// Makes the marks of this process' writes unique.
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 18);

    private static final AtomicLong WRITES = new AtomicLong();

    private final CacheClass policy;
    private final Links links;
    private final LinkClock clock;
    private final long timeoutNanos;
    private final LogKeys logs;
    private volatile Form form = Form.FUNCTION;

    Writes(CacheClass policy, Links links, LinkClock clock, LogKeys logs, Duration timeout) {
        this.policy = policy;
        this.links = links;
        this.clock = clock;
        this.logs = logs;
        this.timeoutNanos = timeout.toNanos();
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
            run(List.of(key), () -> Commands.set(key, value, ttl.toMillis()));
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
        List<Object> answer =
                script(WriteScripts.PUT, List.of(key), List.of(bytes(millis(ttl)), bytes(version), value));
        return Primary.text(answer.get(0)).equals("1")
                ? OptionalLong.of(Version.toLong(Primary.text(answer.get(1))))
                : OptionalLong.empty();
    }

    /// All at once, as every reader of the server sees it.
    void putAll(SlotKeys keys, List<byte[]> values, Duration ttl) {
        List<byte[]> arguments = new ArrayList<>(List.of(bytes(millis(ttl))));
        arguments.addAll(values);
        script(WriteScripts.PUT_ALL, keys.keys(), arguments);
    }

    void delete(String key) {
        if (areVersioned()) {
            script(WriteScripts.DELETE, List.of(key), List.of());
        } else {
            run(List.of(key), () -> Commands.unlink(key));
        }
    }

    private List<Object> script(WriteScripts script, List<String> written, List<byte[]> arguments) {
        List<String> keys = new ArrayList<>(written);
        keys.add(logs.logOf(written.getFirst()));
        List<byte[]> all = new ArrayList<>(
                List.of(bytes(Integer.toString(LOG_ENTRIES)), bytes(PROCESS + "-" + WRITES.incrementAndGet())));
        all.addAll(arguments);
        return run(written, () -> script.call(form, keys, all));
    }

    private static String millis(Duration ttl) {
        return Long.toString(Math.max(ttl.toMillis(), 0));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Sends what `command` makes to whoever owns the keys, until it is executed once or time is up.
    private <T> T run(List<String> keys, Supplier<AsyncCommand<String, byte[], T>> command) {
        long deadline = clock.nanoTime() + timeoutNanos;
        String key = keys.getFirst();
        boolean isAsking = false;
        ServerLink link = links.of(key);
        while (true) {
            Throwable failure;
            try {
                if (link.awaitArmed(deadline)) {
                    return link.write(keys, command.get(), policy.durability(), isAsking)
                            .get(Math.max(deadline - clock.nanoTime(), 0), TimeUnit.NANOSECONDS);
                }
                failure = new CacheException.Unavailable("no link for the write of " + key + ": " + link);
            } catch (ExecutionException e) {
                failure = e.getCause() == null ? e : e.getCause();
            } catch (TimeoutException e) {
                throw new CacheException.Unavailable(
                        "no answer to the write of " + key + " in time: it may have been done, or not", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CacheException.Unavailable("interrupted", e);
            }
            Optional<Redirect> redirect = Redirect.of(failure);
            if (clock.nanoTime() - deadline >= 0 || !mayTryAgain(failure, redirect, link, key)) {
                throw Failures.of(failure);
            }
            isAsking = redirect.isPresent() && redirect.get().isAsk();
            link = isAsking ? links.at(redirect.orElseThrow().target()) : links.of(key);
        }
    }

    /// Whether the write was not executed and may be next time; does what that takes.
    private boolean mayTryAgain(Throwable failure, Optional<Redirect> redirect, ServerLink link, String key) {
        if (redirect.isPresent() && redirect.get().isAsk()) {
            return true;
        }
        if (WriteScripts.isUnknownFunction(failure)) {
            if (!load(link)) {
                form = Form.SCRIPT_BY_HASH;
            }
            return true;
        }
        if (form == Form.FUNCTION && areVersioned() && WriteScripts.hasNoFunctions(failure)) {
            form = Form.SCRIPT_BY_HASH;
            return true;
        }
        if (WriteScripts.isUnknownScript(failure)) {
            // It runs this once as a text, which makes the server remember it.
            form = Form.SCRIPT;
            return true;
        }
        boolean isElsewhere = !links.of(key).equals(link);
        redirect.ifPresent(links::moved);
        if (failure instanceof RedisCommandExecutionException error && Failures.isTransient(error)) {
            LockSupport.parkNanos(RETRY_NANOS / 2 + ThreadLocalRandom.current().nextLong(RETRY_NANOS));
            return true;
        }
        return failure instanceof NotSent || (isElsewhere && failure instanceof CacheException.Unavailable);
    }

    private boolean load(ServerLink link) {
        try {
            link.call(WriteScripts.load()).get(timeoutNanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException.Unavailable("interrupted", e);
        }
    }

    /// The write never left this process.
    static final class NotSent extends RuntimeException {
        NotSent(String message) {
            super(message);
        }
    }
}
