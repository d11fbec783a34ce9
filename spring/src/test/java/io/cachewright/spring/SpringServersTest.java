package io.cachewright.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.deployment.ClusterSettings;
import io.cachewright.lab.deployment.RedisCluster;
import io.cachewright.lab.deployment.SentinelSet;
import io.cachewright.lab.deployment.SentinelSettings;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/// What `spring.data.redis` says is where the client goes.
class SpringServersTest {

    /// Everything that a URI would take for something else.
    private static final String PASSWORD = "p@ss:w/rd#1+x";

    private static void writesAndReads(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("cachewright.policy=classpath:cache-policy.yaml");
        all.add("cachewright.read-timeout=20s");
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CachewrightAutoConfiguration.class))
                .withPropertyValues(all.toArray(String[]::new))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Cache limits = Objects.requireNonNull(
                            context.getBean(CacheManager.class).getCache("limits"));
                    for (int i = 0; i < 20; i++) {
                        limits.put("" + i, "value " + i);
                        assertThat(limits.get("" + i, String.class)).isEqualTo("value " + i);
                    }
                    assertThat(context.getBean(CachewrightClient.class).linkState())
                            .isEqualTo(LinkState.LIVE);
                });
    }

    private static String nodes(List<RedisServer> servers) {
        return servers.stream().map(each -> each.address().toString()).collect(Collectors.joining(","));
    }

    @Test
    void oneServerWithAPasswordThatLooksLikeAUri() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword(PASSWORD))) {
            Address.Tcp address = (Address.Tcp) server.address();
            writesAndReads(
                    "spring.data.redis.host=" + address.host(),
                    "spring.data.redis.port=" + address.port(),
                    "spring.data.redis.database=3",
                    "spring.data.redis.password=" + PASSWORD);
        }
    }

    @Test
    void aClusterWithAPassword() {
        ClusterSettings settings =
                new ClusterSettings(ServerSettings.onTcp().withPassword(PASSWORD), 3, 0, Duration.ofSeconds(5));
        try (RedisCluster cluster = RedisCluster.start(ServerBinaries.embedded(), settings)) {
            writesAndReads(
                    "spring.data.redis.cluster.nodes=" + nodes(cluster.nodes()),
                    "spring.data.redis.cluster.max-redirects=3",
                    "spring.data.redis.password=" + PASSWORD);
        }
    }

    @Test
    void aSentinelSetWithPasswordsOfTheirOwn() {
        SentinelSettings settings = new SentinelSettings(
                ServerSettings.onTcp().withPassword("data").with("masterauth", "data"),
                1,
                1,
                Duration.ofSeconds(30),
                false);
        try (SentinelSet set = SentinelSet.start(ServerBinaries.embedded(), settings)) {
            try (var sentinel = set.sentinels().getFirst().connect()) {
                sentinel.call("ACL", "SETUSER", "watcher", "on", ">" + PASSWORD, "~*", "&*", "+@all")
                        .orThrow();
                sentinel.call("ACL", "SETUSER", "default", "off").orThrow();
            }
            writesAndReads(
                    "spring.data.redis.sentinel.master=" + SentinelSet.NAME,
                    "spring.data.redis.sentinel.nodes=" + nodes(set.sentinels()),
                    "spring.data.redis.sentinel.username=watcher",
                    "spring.data.redis.sentinel.password=" + PASSWORD,
                    "spring.data.redis.password=data");
        }
    }

    private static SpringServers of(String... properties) {
        Map<String, Object> said = new HashMap<>();
        for (String property : properties) {
            String[] parts = property.split("=", 2);
            said.put("spring.data.redis." + parts[0], parts[1]);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("said", said));
        return SpringServers.of(environment);
    }

    @Test
    void saysTheUriThatTheRuntimeReads() {
        assertThat(of().uri()).isEqualTo("redis://localhost:6379/0");
        assertThat(of("url=redis://elsewhere:1").uri()).isEqualTo("redis://elsewhere:1");
        assertThat(of("ssl.enabled=true", "username=u", "password=a b").uri())
                .isEqualTo("rediss://u:a%20b@localhost:6379/0");
        assertThat(of("cluster.nodes=a:1,b:2", "ssl.enabled=true").uri()).isEqualTo("rediss-cluster://a:1,b:2");
        assertThat(of("sentinel.nodes=a:1,b:2", "sentinel.master=m", "database=2", "password=x")
                        .uri())
                .isEqualTo("redis-sentinel://:x@a:1,b:2/2#m");
    }

    @Test
    void tellsAllThatItCannotTakeOver() {
        assertThatThrownBy(() -> of(
                        "cluster.nodes=a:1",
                        "database=2",
                        "ssl.bundle=desk",
                        "masterreplica.nodes=a:1,b:2",
                        "sentinel.nodes=a:1"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("sentinel needs both master and nodes")
                .hasMessageContaining("database must be 0 for a cluster")
                .hasMessageContaining("masterreplica is not taken over")
                .hasMessageContaining("ssl.bundle is not taken over");
    }
}
