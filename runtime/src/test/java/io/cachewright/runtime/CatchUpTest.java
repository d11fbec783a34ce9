package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is kept over a gap, and what is not.
class CatchUpTest {

    private static final List<String> KEYS =
            IntStream.range(0, 100).mapToObj(i -> "position:" + i).toList();

    /// So long that no read goes to the server only because this machine is slow.
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final World.Single world = new World.Single(ServerSettings.onTcp());
    private CachewrightClient client = client(world.uri(), FaultRun.PATIENT_DETECTION);
    private final CachewrightClient writer = client("redis://" + world.server.address(), FaultRun.PATIENT_DETECTION);
    private NearCache<String> positions = client.nearCache("positions", Codec.utf8());
    private NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
    private final NearCache<String> written = writer.nearCache("positions", Codec.utf8());

    private static CachewrightClient client(String uri, Duration detection) {
        return CachewrightClient.builder(uri)
                .detectWithin(detection)
                .readTimeout(BOUND)
                .cacheClass(CacheClass.builder("positions", "position:")
                        .freshness(Freshness.bounded(BOUND))
                        .writers(Writers.LIBRARY)
                        .build())
                .cacheClass(CacheClass.builder("quotes", "quote:")
                        .freshness(Freshness.bounded(BOUND))
                        .build())
                .build();
    }

    @BeforeEach
    void fill() throws InterruptedException {
        KEYS.forEach(key -> written.put(key, "1", Duration.ZERO));
        written.put("position:first", "1", Duration.ZERO);
        try (WireConnection other = world.server.connect()) {
            other.call("SET", "quote:VOD.L", "72.10").orThrow();
        }
        awaitAllNear();
    }

    @AfterEach
    void close() {
        world.restore();
        client.close();
        writer.close();
        world.close();
    }

    /// Until all is kept near, and the link knows from where it would have to catch up with it.
    private void awaitAllNear() throws InterruptedException {
        eventually(() -> {
            // Quotes first: their answers count too, and nothing is followed for their sake.
            boolean areNear = quotes.read("quote:VOD.L").source() == Source.NEAR
                    && KEYS.stream().allMatch(key -> positions.read(key).source() == Source.NEAR);
            ServerLink link = client.links().of(KEYS.getFirst());
            // With the answer to a heartbeat it knows more.
            var _ = link.proofSince(System.nanoTime());
            return areNear
                    && link.followedTo(KEYS.getFirst())
                            .filter(position -> position.arrivals() == link.arrivals())
                            .isPresent();
        });
    }

    private void awaitFollowed() throws InterruptedException {
        ServerLink link = client.links().of(KEYS.getFirst());
        eventually(() -> {
            var _ = link.proofSince(System.nanoTime());
            return link.followedTo(KEYS.getFirst()).isPresent();
        });
    }

    private void awaitLive(long armed) throws InterruptedException {
        eventually(() -> client.linksArmed() >= armed && client.linkState() == LinkState.LIVE);
    }

    /// Instead of the client that gives up no link only because this machine is slow.
    private void connectDetectingWithin(Duration detection) throws InterruptedException {
        client.close();
        client = client(world.uri(), detection);
        positions = client.nearCache("positions", Codec.utf8());
        quotes = client.nearCache("quotes", Codec.utf8());
        awaitAllNear();
    }

    @Test
    void afterACutOnlyWhatWasWrittenMeanwhileIsReadAnew() throws InterruptedException {
        long remoteBefore = positions.statistics().remote();
        world.proxy.sever();
        for (String key : KEYS.subList(0, 10)) {
            written.put(key, "2", Duration.ZERO);
        }
        written.delete(KEYS.get(10));
        world.proxy.restore();
        awaitLive(2);
        for (String key : KEYS.subList(0, 10)) {
            assertThat(positions.get(key)).isEqualTo("2");
        }
        assertThat(positions.get(KEYS.get(10))).isNull();
        assertThat(positions.statistics().remote() - remoteBefore).isEqualTo(11);
        for (String key : KEYS.subList(11, 100)) {
            assertThat(positions.get(key)).isEqualTo("1");
        }
        assertThat(positions.statistics().remote() - remoteBefore).isEqualTo(11);
    }

    @Test
    void whatWasInvalidatedOrDeletedByTheClassDuringTheGapIsGone() throws InterruptedException {
        world.proxy.sever();
        writer.invalidate(List.of(KEYS.getFirst()));
        world.proxy.restore();
        awaitLive(2);
        assertThat(positions.get(KEYS.getFirst())).isNull();
        assertThat(positions.get(KEYS.get(1))).isEqualTo("1");
        awaitFollowed();
        world.proxy.sever();
        written.deleteAll();
        world.proxy.restore();
        awaitLive(3);
        KEYS.forEach(key -> assertThat(positions.get(key)).as(key).isNull());
    }

    @Test
    void aHalfOpenLinkIsLeftAndNothingUntouchedIsReadAnew() throws InterruptedException {
        connectDetectingWithin(Duration.ofMillis(100));
        long remoteBefore = positions.statistics().remote();
        world.proxy.openHole();
        eventually(() -> client.linkState() == LinkState.GAP);
        written.put(KEYS.getFirst(), "2", Duration.ZERO);
        world.proxy.restore();
        awaitLive(2);
        for (String key : KEYS.subList(1, 100)) {
            assertThat(positions.get(key)).isEqualTo("1");
        }
        assertThat(positions.statistics().remote()).isEqualTo(remoteBefore);
        assertThat(positions.get(KEYS.getFirst())).isEqualTo("2");
    }

    @Test
    void aClassThatAnybodyMayWriteIsDroppedWhole() throws InterruptedException {
        long remoteBefore = quotes.statistics().remote();
        world.proxy.cut();
        awaitLive(2);
        assertThat(quotes.get("quote:VOD.L")).isEqualTo("72.10");
        assertThat(quotes.statistics().remote()).isEqualTo(remoteBefore + 1);
    }

    @Test
    void aLogThatDoesNotReachBackProvesNothing() throws InterruptedException {
        long remoteBefore = positions.statistics().remote();
        world.proxy.sever();
        try (WireConnection other = world.server.connect()) {
            other.call("XTRIM", LogKeys.PREFIX + "all", "MAXLEN", "0").orThrow();
        }
        world.proxy.restore();
        awaitLive(2);
        KEYS.forEach(key -> assertThat(positions.get(key)).isEqualTo("1"));
        assertThat(positions.statistics().remote() - remoteBefore).isEqualTo(KEYS.size());
    }

    @Test
    void aServerThatLostWritesProvesNothing() throws InterruptedException {
        try (WireConnection other = world.server.connect()) {
            other.call("SAVE").orThrow();
        }
        written.put(KEYS.getFirst(), "lost", Duration.ZERO);
        eventually(() -> "lost".equals(positions.get(KEYS.getFirst())));
        awaitAllNear();
        assertThat(positions.get(KEYS.getFirst())).isEqualTo("lost");
        world.server.kill();
        world.server.restart();
        eventually(() -> writer.linksArmed() == 2 && writer.linkState() == LinkState.LIVE);
        written.put(KEYS.get(1), "2", Duration.ZERO);
        awaitLive(2);
        assertThat(positions.get(KEYS.getFirst())).isEqualTo("1");
        eventually(() -> "2".equals(positions.get(KEYS.get(1))));
    }
}
