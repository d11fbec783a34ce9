package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.SlotKeys;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WritesTest {

    private static List<ServerBinary> servers() {
        return ServerBinaries.all();
    }

    private static CachewrightClient client(String uri) {
        return CachewrightClient.builder(uri)
                .cacheClass(CacheClass.builder("limits", "limit:")
                        .freshness(Freshness.strict())
                        .writers(Writers.LIBRARY)
                        .build())
                .cacheClass(CacheClass.builder("quotes", "quote:").build())
                .build();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void writesAreCheckedByVersionOnEveryServerAtHand(ServerBinary binary) {
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onTcp());
                CachewrightClient client = client("redis://" + server.address())) {
            NearCache<String> limits = client.nearCache("limits", Codec.utf8());
            OptionalLong first = limits.putIfAbsent("limit:7", "100", Duration.ZERO);
            assertThat(first).isPresent();
            assertThat(limits.putIfAbsent("limit:7", "200", Duration.ZERO)).isEmpty();
            Answer<String> read = limits.read("limit:7");
            assertThat(read.value()).isEqualTo("100");
            assertThat(read.version()).isEqualTo(first);
            OptionalLong second = limits.putIfVersion("limit:7", first.getAsLong(), "200", Duration.ZERO);
            assertThat(second.getAsLong()).isGreaterThan(first.getAsLong());
            assertThat(limits.putIfVersion("limit:7", first.getAsLong(), "300", Duration.ZERO))
                    .isEmpty();
            assertThat(limits.get("limit:7")).isEqualTo("200");
            limits.delete("limit:7");
            assertThat(limits.get("limit:7")).isNull();
            OptionalLong third = limits.putIfAbsent("limit:7", "400", Duration.ofMinutes(1));
            assertThat(third.getAsLong()).isGreaterThan(second.getAsLong());
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void scriptsAndFunctionsThatTheServerLostAreToldAgain(ServerBinary binary) {
        try (RedisServer server = RedisServer.start(binary, ServerSettings.onTcp());
                WireConnection other = server.connect();
                CachewrightClient client = client("redis://" + server.address())) {
            NearCache<String> limits = client.nearCache("limits", Codec.utf8());
            for (int i = 0; i < 3; i++) {
                String value = Integer.toString(i);
                limits.put("limit:7", value, Duration.ZERO);
                assertThat(limits.get("limit:7")).isEqualTo(value);
                other.call("SCRIPT", "FLUSH");
                other.call("FUNCTION", "FLUSH");
            }
        }
    }

    @Test
    void aUserWithoutFunctionsWritesByScripts() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection other = server.connect()) {
            other.call("ACL", "SETUSER", "trader", "on", ">x", "~*", "&*", "+@all", "-fcall", "-function")
                    .orThrow();
            try (CachewrightClient client = client("redis://trader:x@" + server.address())) {
                NearCache<String> limits = client.nearCache("limits", Codec.utf8());
                limits.put("limit:7", "1", Duration.ZERO);
                limits.put("limit:7", "2", Duration.ZERO);
                assertThat(limits.get("limit:7")).isEqualTo("2");
                assertThat(other.call("INFO", "commandstats").text()).contains("cmdstat_evalsha:");
            }
        }
    }

    @Test
    void ofManyWhoCheckTheVersionOneWins() throws Exception {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient one = client("redis://" + server.address());
                CachewrightClient two = client("redis://" + server.address());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<NearCache<String>> caches =
                    List.of(one.nearCache("limits", Codec.utf8()), two.nearCache("limits", Codec.utf8()));
            caches.getFirst().put("limit:sum", "0", Duration.ZERO);
            AtomicInteger done = new AtomicInteger();
            for (int i = 0; i < 8; i++) {
                NearCache<String> cache = caches.get(i % 2);
                var _ = threads.submit(() -> {
                    for (int n = 0; n < 50; ) {
                        Answer<String> read = cache.read("limit:sum");
                        String next = Integer.toString(
                                Integer.parseInt(read.toOptional().orElseThrow()) + 1);
                        if (cache.putIfVersion("limit:sum", read.versionOrMin(), next, Duration.ZERO)
                                .isPresent()) {
                            n++;
                            done.incrementAndGet();
                        }
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(done.get()).isEqualTo(400);
            assertThat(caches.getFirst().get("limit:sum")).isEqualTo("400");
        }
    }

    @Test
    void severalKeysOfOneSlotAreWrittenInOneStep() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient client = client("redis://" + server.address())) {
            NearCache<String> limits = client.nearCache("limits", Codec.utf8());
            limits.putAll(SlotKeys.of("limit:{7}:a", "limit:{7}:b"), List.of("1", "2"), Duration.ZERO);
            assertThat(limits.get("limit:{7}:a")).isEqualTo("1");
            assertThat(limits.get("limit:{7}:b")).isEqualTo("2");
            assertThat(limits.read("limit:{7}:a").versionOrMin())
                    .isLessThan(limits.read("limit:{7}:b").versionOrMin());
        }
    }

    @Test
    void whatNobodyDeclaredIsNotAssumed() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient client = client("redis://" + server.address());
                WireConnection other = server.connect()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            assertThatThrownBy(() -> quotes.putIfAbsent("quote:VOD.L", "1", Duration.ZERO))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("writers: library");
            NearCache<String> limits = client.nearCache("limits", Codec.utf8());
            other.call("SET", "limit:outside", "5").orThrow();
            assertThat(limits.get("limit:outside")).isEqualTo("5");
            assertThat(limits.read("limit:outside").version()).isEmpty();
            assertThat(limits.putIfAbsent("limit:outside", "6", Duration.ZERO)).isEmpty();
        }
        assertThatThrownBy(() -> CachewrightClient.builder("redis://localhost")
                        .cacheClass(CacheClass.builder("all", "cache")
                                .writers(Writers.LIBRARY)
                                .build())
                        .build())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("cachewright:log:");
    }
}
