package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A hash is read over one link, and another one answers for it by the time its fields come.
class FieldOwnerTest extends OnServer {

    private static final CacheClass POLICY = CacheClass.builder("positions", "pos:")
            .freshness(Freshness.bounded(Duration.ofSeconds(20)))
            .fieldsMax(16)
            .build();

    private static CachewrightClient client() {
        return CachewrightClient.builder("redis://" + server.address())
                .cacheClass(POLICY)
                .build();
    }

    /// The first `first` questions for the owner are answered by one link, all others by another.
    private record Moving(ServerLink before, ServerLink after, AtomicInteger first) implements Links {
        @Override
        public ServerLink of(String key) {
            return first.getAndDecrement() > 0 ? before : after;
        }

        @Override
        public List<ServerLink> all() {
            return List.of(before, after);
        }

        @Override
        public ServerLink at(NodeAddress node) {
            return after;
        }

        @Override
        public void moved(Redirect redirect) {
            // It is known.
        }

        @Override
        public void tick() {
            // Their clients do.
        }

        @Override
        public void close() {
            // Their clients do.
        }
    }

    private static long kept(int answeredByTheFirst) {
        other.call("HSET", "pos:A:VOD.L", "qty", "1").orThrow();
        try (CachewrightClient one = client();
                CachewrightClient two = client();
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            assertThat(one.linkState()).isEqualTo(LinkState.LIVE);
            LinkClock clock = new LinkClock(HitClock.PRECISE);
            Duration ample = Duration.ofSeconds(20);
            Links links = new Moving(
                    one.links().all().getFirst(), two.links().all().getFirst(), new AtomicInteger(answeredByTheFirst));
            FieldStore<String> store = new FieldStore<>(POLICY.nearBound(), 16);
            FieldReads<String> reads = new FieldReads<>(
                    POLICY,
                    Codec.utf8(),
                    links,
                    new Routing(links, clock, timer, ample),
                    clock,
                    ample,
                    store,
                    new ReadCounts(false));
            Map<String, Answer<String>> answers = reads.read("pos:A:VOD.L", List.of("qty"));
            assertThat(answers)
                    .hasEntrySatisfying(
                            "qty", answer -> assertThat(answer.value()).isEqualTo("1"));
            return store.size();
        }
    }

    @Test
    void fieldsThatCameOverALinkThatIsTheirsNoMoreAreNotKept() {
        assertThat(kept(1)).isZero();
    }

    @Test
    void fieldsAreKeptWhereItIsTheirsStill() {
        assertThat(kept(Integer.MAX_VALUE)).isOne();
    }
}
