package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.coherence.LinkState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Servers that cannot serve, and users who may not: clear errors, nothing left behind.
class BadInputTest {

    private static CachewrightClientBuilder client(String uri) {
        return CachewrightClient.builder(uri)
                .readTimeout(Duration.ofMillis(500))
                .cacheClass(CacheClass.builder("quotes", "md:quote:").build())
                .cacheClass(CacheClass.builder("loaded", "ref:")
                        .loading(LoadLimits.builder(Duration.ofMinutes(1)).build())
                        .build());
    }

    /// Answers as a server before version 6 does, which knows neither `HELLO` nor tracking.
    private static final class OldServer implements AutoCloseable {
        private final ServerSocket socket;

        OldServer() throws IOException {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::accept);
        }

        String uri() {
            return "redis://127.0.0.1:" + socket.getLocalPort();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    Thread.ofVirtual().start(() -> serve(client));
                } catch (IOException _) {
                    return;
                }
            }
        }

        private void serve(Socket client) {
            try (client;
                    InputStream in = client.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                byte[] buffer = new byte[4_096];
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    String text = new String(buffer, 0, read, StandardCharsets.US_ASCII);
                    long commands = text.chars().filter(c -> c == '*').count();
                    for (long i = 0; i < commands; i++) {
                        out.write("-ERR unknown command `HELLO`, with args beginning with: `3`, \r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                    }
                    out.flush();
                }
            } catch (IOException _) {
                // The client has gone.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aServerTooOldForResp3IsNamedAsSuch() throws IOException {
        try (OldServer old = new OldServer()) {
            assertThatThrownBy(() -> client(old.uri())
                            .readTimeout(Duration.ofSeconds(20))
                            .build())
                    .isInstanceOf(CacheException.Rejected.class)
                    .hasMessageContaining(
                            "it needs to be a primary with RESP3 and CLIENT TRACKING, so Redis 6 or newer")
                    .hasMessageContaining("unknown command `HELLO`");
        }
    }

    @Test
    void aWrongPasswordIsToldAndNeverShown() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword("right"))) {
            assertThatThrownBy(() ->
                            client("redis://:wr0ng-secret@" + server.address()).build())
                    .isInstanceOf(CacheException.Rejected.class)
                    .hasMessageContaining("WRONGPASS")
                    .hasMessageNotContaining("wr0ng-secret");
        }
    }

    @Test
    void aUserWhoMayNotReadGetsAnErrorAndNoMiss() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection other = server.connect()) {
            other.call("ACL", "SETUSER", "deaf", "on", "nopass", "~ref:*", "+@all");
            try (CachewrightClient client =
                    client("redis://deaf:x@" + server.address()).build()) {
                NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
                assertThatThrownBy(() -> quotes.get("md:quote:VOD.L"))
                        .isInstanceOf(CacheException.Rejected.class)
                        .hasMessageContaining("NOPERM");
                assertThatThrownBy(() -> quotes.getAll(List.of("md:quote:VOD.L", "md:quote:BP.L")))
                        .isInstanceOf(CacheException.Rejected.class);
            }
        }
    }

    @Test
    void aServerThatIsFullStillServesWhatWasLoaded() {
        try (RedisServer server = RedisServer.start(
                        ServerSettings.onTcp().with("maxmemory", "1").with("maxmemory-policy", "noeviction"));
                CachewrightClient client = client("redis://" + server.address()).build()) {
            LoadingCache<String> loaded = client.loadingCache("loaded", Codec.utf8(), key -> "of " + key);
            assertThat(loaded.get("ref:VOD.L")).isEqualTo("of ref:VOD.L");
            assertThat(loaded.loadCounts().unfilled()).isEqualTo(1);
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("cachewright") || name.startsWith("lettuce"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Gone for as long as it takes many attempts to reconnect, and back.
    @Test
    void aServerThatWasGoneForLongIsUsedAgainAndNoThreadsPileUp() throws InterruptedException {
        RedisServer server = RedisServer.start(ServerSettings.onTcp());
        try (CachewrightClient client = client("redis://" + server.address()).build()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            quotes.put("md:quote:VOD.L", "72.10", Duration.ZERO);
            server.kill();
            eventually(() -> client.linkState() != LinkState.LIVE);
            // The driver starts its few threads as it needs them; a thread for each of a hundred attempts would be a
            // pile.
            int before = threads().size();
            for (int i = 0; i < 8; i++) {
                assertThatThrownBy(() -> quotes.get("md:quote:VOD.L"))
                        .isInstanceOf(CacheException.Unavailable.class)
                        .hasMessageContaining("md:quote:VOD.L")
                        .hasMessageContaining("link");
            }
            assertThat(threads().size()).isLessThanOrEqualTo(before + 6);
            server.restart();
            eventually(() -> client.linkState() == LinkState.LIVE);
            assertThat(quotes.get("md:quote:VOD.L")).isNull();
        } finally {
            server.close();
        }
    }

    /// A clock that can be set forward.
    private static final class SetClock extends LinkClock {
        private final AtomicLong forwardNanos = new AtomicLong();

        SetClock() {
            super(HitClock.PRECISE);
        }

        @Override
        long nanoTime() {
            // Called by the constructor of the class above too.
            return System.nanoTime() + (forwardNanos == null ? 0 : forwardNanos.get());
        }

        void forward(Duration by) {
            forwardNanos.addAndGet(by.toNanos());
        }
    }

    private static void assertReadsSayWhy(CachewrightClient client, NearCache<String> quotes, String server) {
        assertThatThrownBy(() -> quotes.get("md:quote:VOD.L"))
                .isInstanceOf(CacheException.Unavailable.class)
                .hasMessageContaining("no answer to the read of md:quote:VOD.L within 500 ms")
                .hasMessageContaining("Connection refused");
        assertThatThrownBy(() -> quotes.put("md:quote:VOD.L", "1", Duration.ZERO))
                .isInstanceOf(CacheException.Unavailable.class)
                .hasMessageContaining("not sent: no link to redis://" + server);
        assertThat(client.health().isUp()).isFalse();
        assertThat(client.health().classes().getFirst().reason())
                .contains("link to redis://" + server + " ")
                .contains("Connection refused");
    }

    /// An hour in steps of half a minute, each long enough for the client's timer to look at the clock.
    private static void anHourPasses(SetClock clock) throws InterruptedException {
        for (int i = 0; i < 120; i++) {
            clock.forward(Duration.ofSeconds(30));
            Thread.sleep(30);
        }
    }

    @Test
    void everyWrongSettingIsToldAtOnceAndNoThreadIsLeft() throws InterruptedException {
        Set<String> before = threads();
        assertThatThrownBy(() -> CachewrightClient.builder("redis://ops:s3cret@local host/x")
                        .detectWithin(Duration.ZERO)
                        .readTimeout(Duration.ofSeconds(Long.MAX_VALUE))
                        .build())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the URI must be redis://user:password@host:port/db")
                .hasMessageContaining("detectWithin must be 1 ms to 1 d, was PT0S")
                .hasMessageContaining("readTimeout must be 1 ms to 1 d")
                .hasMessageContaining("at least one class of keys is needed")
                .satisfies(e ->
                        assertThat(e).hasStackTraceContaining("***").message().doesNotContain("s3cret"));
        for (String uri : List.of("", "localhost:6379", "http://localhost", "redis://h:99999", "redis-sentinel://h")) {
            assertThatThrownBy(() -> client(uri).build())
                    .as(uri)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("the URI must be");
        }
        assertThat(before).containsAll(threads());
    }

    @Test
    void aTimeToLiveThatIsNoneIsNotTakenForForEver() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient client = client("redis://" + server.address()).build()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            for (Duration ttl :
                    List.of(Duration.ofSeconds(-1), Duration.ofNanos(10), Duration.ofSeconds(Long.MAX_VALUE))) {
                assertThatThrownBy(() -> quotes.put("md:quote:VOD.L", "1", ttl))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("ttl must be zero, for none, or from 1 ms to 100 years, was " + ttl);
            }
            assertThat(quotes.get("md:quote:VOD.L")).isNull();
        }
    }

    @Test
    void aSecondCacheOfAClassIsRefusedByTheNameOfTheClass() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .policy(CachePolicy.parse("policy", """
                                version: 1
                                classes:
                                  loaded: {prefix: "ref:", loading: {ttl: 1h}, invalidation: {by-generation: true}}
                                """))
                        .build()) {
            LoadingCache<String> loaded = client.loadingCache("loaded", Codec.utf8(), key -> key);
            assertThatThrownBy(() -> client.loadingCache("loaded", Codec.utf8(), key -> key))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the cache of class loaded was already built");
            assertThat(loaded.get("ref:x")).isEqualTo("ref:x");
        }
    }

    @Test
    void whoeverUsesAClosedClientIsToldSo() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp())) {
            CachewrightClient client = client("redis://" + server.address()).build();
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            LoadingCache<String> loaded = client.loadingCache("loaded", Codec.utf8(), key -> key);
            client.close();
            assertThatThrownBy(() -> quotes.get("md:quote:VOD.L")).hasMessageContaining("the client is closed");
            assertThatThrownBy(() -> loaded.get("ref:x")).hasMessageContaining("the client is closed");
            assertThatThrownBy(() -> quotes.put("md:quote:VOD.L", "1", Duration.ZERO))
                    .hasMessageContaining("the client is closed");
        }
    }

    @Test
    void withoutAServerTheSourceStillHasItsOwnTime() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .readTimeout(Duration.ofSeconds(2))
                        .cacheClass(CacheClass.builder("loaded", "ref:")
                                .loading(LoadLimits.builder(Duration.ofMinutes(1))
                                        .hardTimeout(Duration.ofSeconds(1))
                                        .build())
                                .build())
                        .build()) {
            LoadingCache<String> loaded = client.loadingCache("loaded", Codec.utf8(), key -> "of " + key);
            server.kill();
            assertThat(loaded.get("ref:x")).isEqualTo("of ref:x");
            List<String> keys = IntStream.range(0, 30).mapToObj(i -> "ref:" + i).toList();
            long begun = System.nanoTime();
            assertThat(loaded.getAll(keys)).hasSize(30).containsEntry("ref:7", "of ref:7");
            // One after another they would wait for the server for two seconds each.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void aServerThatIsAbsentAtTheStartAndComesAfterAnHourIsUsedThen() throws InterruptedException {
        SetClock clock = new SetClock();
        RedisServer server = RedisServer.start(ServerSettings.onTcp());
        String address = server.address().toString();
        server.kill();
        Set<String> before = threads();
        try (CachewrightClient client =
                client("redis://" + address).clock(clock).build()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            assertReadsSayWhy(client, quotes, address);
            int threads = threads().size();
            anHourPasses(clock);
            assertReadsSayWhy(client, quotes, address);
            assertThat(threads().size()).isLessThanOrEqualTo(threads + 6);
            server.restart();
            eventually(() -> client.linkState() == LinkState.LIVE);
            quotes.put("md:quote:VOD.L", "72.10", Duration.ZERO);
            assertThat(quotes.get("md:quote:VOD.L")).isEqualTo("72.10");
        } finally {
            server.close();
        }
        eventually(() -> before.containsAll(threads()));
    }

    @Test
    void aServerThatIsGoneForAnHourLeavesNothingStaleNorAnyThread() throws InterruptedException {
        SetClock clock = new SetClock();
        RedisServer server = RedisServer.start(ServerSettings.onTcp());
        String address = server.address().toString();
        Set<String> before = threads();
        try (CachewrightClient client =
                client("redis://" + address).clock(clock).build()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            quotes.put("md:quote:VOD.L", "72.10", Duration.ZERO);
            assertThat(quotes.get("md:quote:VOD.L")).isEqualTo("72.10");
            server.kill();
            eventually(() -> client.linkState() != LinkState.LIVE);
            int threads = threads().size();
            anHourPasses(clock);
            assertReadsSayWhy(client, quotes, address);
            assertThat(threads().size()).isLessThanOrEqualTo(threads + 6);
            server.restart();
            eventually(() -> client.linkState() == LinkState.LIVE);
            assertThat(quotes.get("md:quote:VOD.L")).isNull();
        } finally {
            server.close();
        }
        eventually(() -> before.containsAll(threads()));
    }

    @Test
    void nothingIsLeftBehindByAClientThatLoadedOrCouldNotStart() throws Exception {
        Set<String> before = threads();
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                OldServer old = new OldServer()) {
            try (CachewrightClient client =
                    client("redis://" + server.address()).build()) {
                client.loadingCache("loaded", Codec.utf8(), key -> key).get("ref:x");
            }
            assertThatThrownBy(() -> client(old.uri())
                            .readTimeout(Duration.ofSeconds(20))
                            .build())
                    .isInstanceOf(CacheException.Rejected.class);
        }
        eventually(() -> before.containsAll(threads()));
    }
}
