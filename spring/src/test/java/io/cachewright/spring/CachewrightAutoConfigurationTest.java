package io.cachewright.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.CacheException;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.Tracking;
import io.cachewright.runtime.coherence.LinkState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

/// Applications as a developer writes them, on a real server.
class CachewrightAutoConfigurationTest {

    private static RedisServer server;
    private static WireConnection other;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start(ServerSettings.onTcp());
        other = server.connect();
    }

    @AfterAll
    static void stopServer() {
        other.close();
        server.close();
    }

    private static ApplicationContextRunner applications() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CachewrightAutoConfiguration.class))
                .withPropertyValues(
                        "cachewright.uri=redis://" + server.address(),
                        "cachewright.policy=classpath:cache-policy.yaml",
                        "cachewright.read-timeout=20s",
                        "cachewright.caches.quotes.type=" + Quote.class.getName(),
                        "cachewright.caches.quotes.ttl=30s",
                        "cachewright.caches.accounts.null-values=true");
    }

    private static Health healthOf(ApplicationContext context) {
        return Objects.requireNonNull(context.getBean(HealthIndicator.class).health());
    }

    @BeforeEach
    void empty() {
        other.call("FLUSHALL");
    }

    record Quote(BigDecimal bid, BigDecimal ask) {}

    /// How often the service is really called; apart from it, since Spring puts a proxy before the service.
    static final class Calls {
        final AtomicInteger count = new AtomicInteger();
        final CountDownLatch gate = new CountDownLatch(1);
    }

    /// A service behind annotations.
    static class Quotes {
        private final Calls calls;

        Quotes(Calls calls) {
            this.calls = calls;
        }

        @Cacheable("quotes")
        public Quote quote(String symbol) {
            calls.count.incrementAndGet();
            return new Quote(new BigDecimal("72.10"), new BigDecimal("72.12"));
        }

        @Cacheable(value = "quotes", sync = true)
        public Quote slowQuote(String symbol) throws InterruptedException {
            calls.count.incrementAndGet();
            calls.gate.await();
            return new Quote(new BigDecimal("1.5"), new BigDecimal("1.6"));
        }

        @CachePut(value = "quotes", key = "#symbol")
        public Quote set(String symbol, Quote quote) {
            return quote;
        }

        @CacheEvict("quotes")
        public void forget(String symbol) {}

        @CacheEvict(value = "quotes", allEntries = true)
        public void forgetAll() {}

        @Cacheable("accounts")
        public @Nullable String account(String id) {
            calls.count.incrementAndGet();
            return null;
        }

        @Cacheable("limits")
        public @Nullable String limit(String id) {
            calls.count.incrementAndGet();
            return null;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Application {
        @Bean
        Calls calls() {
            return new Calls();
        }

        @Bean
        Quotes quoteService(Calls calls) {
            return new Quotes(calls);
        }
    }

    @Test
    void aCacheableMethodIsCalledOnceAndAnyClientsWriteIsSeen() {
        applications().withUserConfiguration(Application.class).run(context -> {
            Quotes quotes = context.getBean(Quotes.class);
            Calls calls = context.getBean(Calls.class);
            Quote first = quotes.quote("VOD.L");
            assertThat(quotes.quote("VOD.L")).isEqualTo(first);
            assertThat(calls.count).hasValue(1);
            assertThat(other.call("GET", "md:quote:VOD.L").toString()).contains("72.10");
            assertThat(((Reply.Int) other.call("PTTL", "md:quote:VOD.L")).value())
                    .isBetween(1L, 30_000L);
            other.call("SET", "md:quote:VOD.L", "{\"bid\":\"9.5\",\"ask\":\"9.6\"}");
            eventually(() -> quotes.quote("VOD.L").bid().toPlainString().equals("9.5"));
            assertThat(calls.count).hasValue(1);
        });
    }

    @Test
    void putsAndEvictionsAreSeenAtOnce() {
        applications().withUserConfiguration(Application.class).run(context -> {
            Quotes quotes = context.getBean(Quotes.class);
            Calls calls = context.getBean(Calls.class);
            Quote set = new Quote(new BigDecimal("10.00"), new BigDecimal("10.02"));
            quotes.set("BARC.L", set);
            assertThat(quotes.quote("BARC.L")).isEqualTo(set);
            assertThat(calls.count).hasValue(0);
            quotes.forget("BARC.L");
            assertThat(quotes.quote("BARC.L")).isNotEqualTo(set);
            assertThat(calls.count).hasValue(1);
        });
    }

    @Test
    void clearDeletesTheKeysOfItsClassAndNoOthers() {
        applications().withUserConfiguration(Application.class).run(context -> {
            Quotes quotes = context.getBean(Quotes.class);
            Calls calls = context.getBean(Calls.class);
            for (int i = 0; i < 2_500; i++) {
                other.call("SET", "md:quote:" + i, "{\"bid\":\"1\",\"ask\":\"2\"}");
            }
            other.call("SET", "risk:limit:7", "100");
            quotes.quote("VOD.L");
            quotes.forgetAll();
            assertThat(other.call("DBSIZE")).isEqualTo(new Reply.Int(1));
            quotes.quote("VOD.L");
            assertThat(calls.count).hasValue(2);
        });
    }

    @Test
    void synchronisedCallersOfOneKeyShareOneCall() {
        applications().withUserConfiguration(Application.class).run(context -> {
            Quotes quotes = context.getBean(Quotes.class);
            Calls calls = context.getBean(Calls.class);
            List<Future<Quote>> callers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 50; i++) {
                    callers.add(threads.submit(() -> quotes.slowQuote("HOT")));
                }
                try {
                    eventually(() -> calls.count.get() == 1);
                } finally {
                    calls.gate.countDown();
                }
            }
            assertThat(callers)
                    .allSatisfy(caller -> assertThat(caller.get().bid()).isEqualTo("1.5"));
            assertThat(calls.count).hasValue(1);
        });
    }

    @Test
    void nullIsKeptOnlyWhereThePropertiesSaySo() {
        applications().withUserConfiguration(Application.class).run(context -> {
            Quotes quotes = context.getBean(Quotes.class);
            Calls calls = context.getBean(Calls.class);
            assertThat(quotes.account("7")).isNull();
            assertThat(quotes.account("7")).isNull();
            assertThat(calls.count).hasValue(1);
            assertThat(quotes.limit("7")).isNull();
            assertThat(quotes.limit("7")).isNull();
            assertThat(calls.count).hasValue(3);
        });
    }

    @Test
    void aCodecOfTheApplicationGoesBeforeTheProperties() {
        applications()
                .withBean("quotes", Codec.class, () -> new Codec<String>() {
                    @Override
                    public byte[] encode(String value) {
                        return Codec.utf8().encode("<" + value + ">");
                    }

                    @Override
                    public String decode(byte[] bytes) {
                        String text = Codec.utf8().decode(bytes);
                        return text.substring(1, text.length() - 1);
                    }
                })
                .run(context -> {
                    Cache cache = Objects.requireNonNull(
                            context.getBean(CacheManager.class).getCache("quotes"));
                    cache.put("A", "1");
                    assertThat(cache.get("A", String.class)).isEqualTo("1");
                    assertThat(other.call("GET", "md:quote:A").toString()).contains("<1>");
                });
    }

    @Test
    void aReadThatIsRefusedIsAnErrorAndNoMiss() {
        RedisServer brief = RedisServer.start(ServerSettings.onTcp());
        applications()
                .withUserConfiguration(Application.class)
                .withPropertyValues("cachewright.uri=redis://" + brief.address(), "cachewright.read-timeout=100ms")
                .run(context -> {
                    brief.kill();
                    CachewrightClient client = context.getBean(CachewrightClient.class);
                    eventually(() -> client.linkState() != LinkState.LIVE);
                    Quotes quotes = context.getBean(Quotes.class);
                    Calls calls = context.getBean(Calls.class);
                    assertThatThrownBy(() -> quotes.limit("7")).isInstanceOf(CacheException.Refused.class);
                    assertThat(calls.count).hasValue(0);
                    assertThat(healthOf(context).getStatus()).isEqualTo(Status.DOWN);
                    assertThat(healthOf(context).getDetails().toString()).contains("link to redis://");
                });
        brief.close();
    }

    @Test
    void healthAndMetricsAreThereWhereTheApplicationHasThem() {
        applications().run(context -> {
            eventually(() -> healthOf(context).getStatus().equals(Status.UP));
            assertThat(healthOf(context).getDetails()).containsOnlyKeys("quotes", "limits", "accounts");
            MeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(MeterBinder.class).bindTo(registry);
            assertThat(registry.get("cache.gets").tag("cache", "quotes").functionCounters())
                    .hasSize(2);
            eventually(() -> registry.get("cachewright.links")
                            .tag("state", "live")
                            .gauge()
                            .value()
                    == 1);
        });
        applications()
                .withClassLoader(new FilteredClassLoader(HealthIndicator.class, MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(CachewrightClient.class)
                        .doesNotHaveBean("cachewrightHealthIndicator")
                        .doesNotHaveBean("cachewrightMetrics"));
    }

    @Test
    void givesWayToTheApplicationsOwnBeansAndCanBeSwitchedOff() {
        applications()
                .withBean(ConcurrentMapCacheManager.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(CacheManager.class)
                        .doesNotHaveBean(CachewrightCacheManager.class));
        applications()
                .withPropertyValues("cachewright.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(CachewrightClient.class));
    }

    @Test
    void takesTheServerFromSpringDataWhereItIsNotSaid() {
        Address.Tcp address = (Address.Tcp) server.address();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CachewrightAutoConfiguration.class))
                .withPropertyValues(
                        "spring.data.redis.host=" + address.host(),
                        "spring.data.redis.port=" + address.port(),
                        "cachewright.tracking=opt-in",
                        "cachewright.policy=classpath:cache-policy.yaml")
                .run(context -> {
                    assertThat(context.getBean(CachewrightProperties.class).tracking())
                            .isEqualTo(Tracking.OPT_IN);
                    CachewrightClient client = context.getBean(CachewrightClient.class);
                    eventually(() -> client.linkState() == LinkState.LIVE);
                });
    }

    @Test
    void tellsAllMistakesOfItsPropertiesAtOnce() {
        applications()
                .withPropertyValues(
                        "cachewright.policy=", "cachewright.read-timeout=0ms", "cachewright.caches.quotes.ttl=0ms")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("cachewright.policy must name")
                        .hasMessageContaining("cachewright.read-timeout must be at least 1ms")
                        .hasMessageContaining("cachewright.caches.quotes.ttl must be at least 1ms"));
    }

    @Test
    void aCacheThatIsNoClassOfThePolicyShowsAtTheStart() {
        applications()
                .withPropertyValues(
                        "cachewright.policy=classpath:mixed-policy.yaml",
                        "cachewright.caches.qoutes.ttl=1s",
                        "cachewright.caches.instruments.ttl=1s",
                        "cachewright.caches.zero.ttl=1s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("qoutes is no class of the policy; there are [accounts, quotes]")
                        .hasMessageContaining("instruments is a class with loading or fields")
                        .hasMessageContaining("zero is no class"));
    }

    @Test
    void aPropertyThatIsNoneShowsAtTheStart() {
        applications()
                .withPropertyValues("cachewright.detct-within=1s", "cachewright.caches.quotes.tll=1s")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("cachewright.detct-within")
                        .hasStackTraceContaining("cachewright.caches.quotes.tll"));
    }

    @Test
    void mistakesOfAPolicyAreShownOneBelowTheOther() {
        FailureAnalysis analysis = Objects.requireNonNull(new MistakesAnalyzer()
                .analyze(new IllegalStateException(new InvalidInput("a.yaml", List.of("line 1: one", "line 2: two")))));
        assertThat(analysis.getDescription()).isEqualTo("a.yaml: \n\n    line 1: one\n    line 2: two");
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (_, _, _) -> {}))
                .hasAtLeastOneElementOfType(MistakesAnalyzer.class);
    }

    @Test
    void aClassThatKeepsNothingNearDoesNotPutForEver() {
        applications()
                .withPropertyValues("cachewright.policy=classpath:nothing-near-policy.yaml")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("accounts.ttl is needed: the class keeps nothing near")
                        .hasMessageNotContaining("quotes.ttl"));
    }

    @Test
    void classesThatLoadOrHoldHashesAreTheApplicationsToOpen() {
        applications()
                .withPropertyValues("cachewright.policy=classpath:mixed-policy.yaml")
                .run(context -> {
                    assertThat(context.getBean(CacheManager.class).getCacheNames())
                            .containsExactlyInAnyOrder("quotes", "accounts");
                    CachewrightClient client = context.getBean(CachewrightClient.class);
                    assertThat(client.loadingCache("instruments", Codec.utf8(), key -> "of " + key)
                                    .get("ref:VOD.L"))
                            .isEqualTo("of ref:VOD.L");
                    assertThat(client.fieldCache("positions", Codec.utf8()).get("pos:A:VOD.L", "qty"))
                            .isNull();
                });
    }

    @Test
    void aPolicyWithMistakesIsToldWithItsLines() {
        applications()
                .withPropertyValues("cachewright.policy=classpath:bad-policy.yaml")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("bad-policy.yaml")
                        .hasMessageContaining("line"));
    }

    private interface Check {
        boolean holds() throws Exception;
    }

    /// Within more than a busy machine needs, and without a second look at what may have passed by then.
    private static void eventually(Check check) throws Exception {
        long begun = System.nanoTime();
        while (!check.holds()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
            Thread.sleep(1);
        }
    }
}
