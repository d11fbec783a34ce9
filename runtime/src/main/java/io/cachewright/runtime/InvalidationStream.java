package io.cachewright.runtime;

import io.lettuce.core.StreamMessage;
import io.lettuce.core.models.stream.ClaimedMessages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Invalidations that others ask for by a Redis stream, in whatever language: `XADD cachewright:events:NAME *
/// key K`, or `tag T`, or `class C`, or several of these. One client of the fleet does each, with all that
/// follows by the cascades, and acknowledges it afterwards: none is lost, and one may be done twice.
///
/* The stream is read without blocking, on the link of its key, which itself says when the stream has changed. It is
 * looked at every LOOK_MILLIS besides. What another client took and did not acknowledge for CLAIM_MILLIS is taken over.
 */
final class InvalidationStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InvalidationStream.class);

    static final String PREFIX = "cachewright:events:";

    private static final String GROUP = "cachewright";
    private static final long LOOK_MILLIS = 1_000;
    private static final long CLAIM_MILLIS = 30_000;
    private static final int ENTRIES_MAX = 100;

    private final String stream;
    private final String consumer;
    private final Routing routing;
    private final Invalidator invalidator;
    private final Duration timeout;
    private final Semaphore changes = new Semaphore(0);
    private final LongAdder done = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final Thread thread;
    private volatile boolean isClosed;

    InvalidationStream(String name, String consumer, Routing routing, Invalidator invalidator, Duration timeout) {
        this.stream = PREFIX + name;
        this.consumer = consumer;
        this.routing = routing;
        this.invalidator = invalidator;
        this.timeout = timeout;
        this.thread = Thread.ofVirtual().name("cachewright-invalidations").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Entries done.
    long done() {
        return done.sum();
    }

    /// Entries that named nothing known.
    long unknown() {
        return unknown.sum();
    }

    /// The link says that `key` changed.
    void changed(String key) {
        if (key.equals(stream)) {
            changes.release();
        }
    }

    private void run() {
        boolean isReady = false;
        while (!isClosed) {
            try {
                if (!isReady) {
                    createGroup();
                    isReady = true;
                }
                drain(() -> routing.call(
                                stream, () -> Commands.claim(stream, GROUP, consumer, CLAIM_MILLIS, ENTRIES_MAX))
                        .thenApply(ClaimedMessages::getMessages));
                drain(() -> routing.call(stream, () -> Commands.readGroup(stream, GROUP, consumer, ENTRIES_MAX)));
            } catch (CacheException e) {
                // What was not acknowledged is claimed and done when the server can be had again.
                isReady = false;
                LOG.debug("{} cannot be followed just now", stream, e);
            }
            awaitChange();
        }
    }

    private void createGroup() {
        try {
            await(routing.call(stream, () -> Commands.createGroup(stream, GROUP)));
        } catch (CacheException e) {
            Throwable cause = e.getCause();
            if (cause == null || !String.valueOf(cause.getMessage()).startsWith("BUSYGROUP")) {
                throw e;
            }
        }
    }

    /// Does what `ask` brings until it brings nothing.
    private void drain(Supplier<CompletableFuture<List<StreamMessage<String, byte[]>>>> ask) {
        List<StreamMessage<String, byte[]>> entries = await(ask.get());
        while (!entries.isEmpty() && !isClosed) {
            for (StreamMessage<String, byte[]> entry : entries) {
                carryOut(entry);
            }
            entries = await(ask.get());
        }
    }

    /// One that the server refuses stays unacknowledged, for a client that may; those behind it do not wait for that.
    private void carryOut(StreamMessage<String, byte[]> entry) {
        try {
            carryOut(entry.getBody());
            await(routing.call(stream, () -> Commands.acknowledge(stream, GROUP, entry.getId())));
        } catch (CacheException.Rejected | IllegalArgumentException e) {
            LOG.warn("entry {} of {} cannot be carried out here: {}", entry.getId(), stream, e.getMessage());
        }
    }

    /// One that was deleted meanwhile has no fields.
    private void carryOut(@Nullable Map<String, byte[]> fields) {
        boolean isKnown = false;
        for (Map.Entry<String, byte[]> field :
                fields == null ? Set.<Map.Entry<String, byte[]>>of() : fields.entrySet()) {
            String name = new String(field.getValue(), StandardCharsets.UTF_8);
            switch (field.getKey()) {
                case "key" -> invalidator.keys(List.of(name));
                case "tag" -> invalidator.tagOfAnybody(name);
                case "class" -> invalidator.wholeClass(name);
                default -> {
                    continue;
                }
            }
            isKnown = true;
        }
        if (isKnown) {
            done.increment();
        } else {
            unknown.increment();
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        return Failures.await(answer, timeout);
    }

    private void awaitChange() {
        try {
            if (changes.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            isClosed = true;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
    }
}
