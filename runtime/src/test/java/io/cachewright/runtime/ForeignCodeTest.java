package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.wire.Command;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Code of others that is called in between must not come in between: what it throws is its own affair.
class ForeignCodeTest extends OnServer {

    private static final int TURNS = 5;

    private static final class Throwing implements InvalidationListener {
        final AtomicInteger heard = new AtomicInteger();

        private RuntimeException failure() {
            heard.incrementAndGet();
            return new IllegalStateException("a listener that is broken");
        }

        @Override
        public void acknowledged(Invalidation done, long nanos) {
            throw failure();
        }

        @Override
        public void failed(long nanos) {
            throw failure();
        }

        @Override
        public void arrived(long nanos) {
            throw failure();
        }
    }

    /// The server tells all that changed in one turn in one message: of its keys, the one that this client has written
    /// itself is what the listener hears of.
    @Test
    void whatAListenerThrowsKeepsNoInvalidationFromItsKey() throws Exception {
        Throwing listener = new Throwing();
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .readTimeout(Duration.ofSeconds(20))
                        .detectWithin(Duration.ofSeconds(20))
                        .cacheClass(CacheClass.builder("quotes", "quote:")
                                .freshness(Freshness.bounded(Duration.ofHours(1)))
                                .build())
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            client.addInvalidationListener(listener);
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            other.call("SET", "quote:another", "first").orThrow();
            for (int turn = 0; turn < TURNS; turn++) {
                String next = "turn " + turn;
                eventually(() -> quotes.read("quote:another").source() == Source.NEAR);
                server.pause();
                Future<?> written = threads.submit(() -> quotes.put("quote:own", next, Duration.ZERO));
                other.send(Command.of("SET", "quote:another", next));
                // Both are there when the server looks again, or else they make two turns and show nothing.
                Thread.sleep(50);
                server.resume();
                other.receive(Duration.ofSeconds(20)).orElseThrow().orThrow();
                written.get();
                eventually(() -> next.equals(quotes.get("quote:another")));
            }
            assertThat(listener.heard.get()).isPositive();
        }
    }

    @Test
    void whatAListenerThrowsIsNoFailureOfAnInvalidation() {
        Throwing listener = new Throwing();
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                .cacheClass(CacheClass.builder("quotes", "quote:").build())
                .build()) {
            client.addInvalidationListener(listener);
            assertThat(client.invalidate(List.of("quote:1")).keys()).isOne();
            assertThat(listener.heard.get()).isPositive();
        }
    }

    /// A codec that goes deeper into what it reads than there is room, as it may for bytes of anybody.
    @Test
    void aCodecThatRunsOutOfStackIsAMissAndACount() {
        other.call("SET", "quote:deep", "x").orThrow();
        Codec<String> bottomless = new Codec<>() {
            @Override
            public byte[] encode(String value) {
                return Codec.utf8().encode(value);
            }

            @Override
            public String decode(byte[] bytes) {
                return deeper(bytes);
            }

            private String deeper(byte[] bytes) {
                return decode(bytes) + "";
            }
        };
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                .cacheClass(CacheClass.builder("quotes", "quote:").build())
                .build()) {
            NearCache<String> quotes = client.nearCache("quotes", bottomless);
            assertThat(quotes.get("quote:deep")).isNull();
            assertThat(quotes.statistics().decodeErrors()).isOne();
            assertThat(quotes.remoteUnderWay()).isZero();
        }
    }

    /// Fails the client's first ticks.
    private static final class FailingClock extends LinkClock {
        final AtomicInteger failures = new AtomicInteger();

        FailingClock() {
            super(HitClock.PRECISE);
        }

        @Override
        long nanoTime() {
            if (Thread.currentThread().getName().equals("cachewright-link-timer") && failures.get() < 3) {
                failures.incrementAndGet();
                throw new IllegalStateException("a clock that is broken");
            }
            return super.nanoTime();
        }
    }

    @Test
    void whatFailsInATickEndsNoHeartbeats() throws InterruptedException {
        FailingClock clock = new FailingClock();
        try (CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                .cacheClass(CacheClass.builder("quotes", "quote:").build())
                .clock(clock)
                .build()) {
            eventually(() -> client.linkState() == LinkState.LIVE);
            assertThat(clock.failures.get()).isEqualTo(3);
        }
    }
}
