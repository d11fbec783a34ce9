package io.cachewright.benchmarks.runtime;

import com.alicp.jetcache.MultiLevelCacheBuilder;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.HitClock;
import io.cachewright.runtime.NearCache;
import io.cachewright.runtime.Source;
import io.cachewright.runtime.coherence.LinkState;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import redis.clients.jedis.csc.DefaultCache;

/// What can answer a read from near. All but the first are bounded in size; each keeps values for an hour,
/// which no round reaches.
enum NearHitSubject {
    CLOCK("System.nanoTime alone", false) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) {
            return _ -> (int) System.nanoTime();
        }
    },
    CAFFEINE("Caffeine `getIfPresent`, bounded by size only", false) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) {
            return filled(Caffeine.newBuilder().maximumSize(ENTRIES_MAX).build(), keys);
        }
    },
    CAFFEINE_EXPIRING("Caffeine with `expireAfterWrite` and statistics", false) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) {
            return filled(
                    Caffeine.newBuilder()
                            .maximumSize(ENTRIES_MAX)
                            .expireAfterWrite(TTL)
                            .recordStats()
                            .build(),
                    keys);
        }
    },
    BEST_EFFORT("**`NearCache.get`, best effort**", false) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) throws InterruptedException {
            return cachewright(uri, keys, Freshness.bestEffort(), HitClock.PRECISE);
        }
    },
    BOUNDED("**`NearCache.get`, bounded by 250 ms, precise clock**", false) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) throws InterruptedException {
            return cachewright(uri, keys, Freshness.bounded(BOUND), HitClock.PRECISE);
        }
    },
    BOUNDED_COARSE("**`NearCache.get`, bounded by 250 ms, coarse clock**", false) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) throws InterruptedException {
            return cachewright(uri, keys, Freshness.bounded(BOUND), HitClock.COARSE);
        }
    },
    JETCACHE("JetCache 2.7.8, Caffeine over Lettuce", true) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) {
            com.alicp.jetcache.Cache<String, String> local = CaffeineCacheBuilder.createCaffeineCacheBuilder()
                    .limit(ENTRIES_MAX)
                    .expireAfterWrite(TTL.toSeconds(), TimeUnit.SECONDS)
                    .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
                    .buildCache();
            com.alicp.jetcache.Cache<String, String> remote = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                    .redisClient(RedisClient.create(uri))
                    .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
                    .keyPrefix("jetcache:")
                    .expireAfterWrite(TTL.toSeconds(), TimeUnit.SECONDS)
                    .buildCache();
            com.alicp.jetcache.Cache<String, String> both = MultiLevelCacheBuilder.createMultiLevelCacheBuilder()
                    .addCache(local, remote)
                    .expireAfterWrite(TTL.toSeconds(), TimeUnit.SECONDS)
                    .buildCache();
            for (String key : keys) {
                both.put(key, VALUE);
            }
            return key -> lengthOf(both.get(key));
        }
    },
    REDISSON("Redisson 4.7.0 `RLocalCachedMap`, LRU", true) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) {
            Config config = new Config();
            config.useSingleServer().setAddress(uri);
            config.setCodec(StringCodec.INSTANCE);
            RedissonClient client = Redisson.create(config);
            RLocalCachedMap<String, String> map =
                    client.getLocalCachedMap(LocalCachedMapOptions.<String, String>name("redisson")
                            .cacheSize(ENTRIES_MAX)
                            .evictionPolicy(LocalCachedMapOptions.EvictionPolicy.LRU)
                            .timeToLive(TTL));
            for (String key : keys) {
                map.fastPut(key, VALUE);
            }
            return key -> lengthOf(map.get(key));
        }
    },
    JEDIS("Jedis 8.0.2 client-side cache", true) {
        @Override
        ToIntFunction<String> open(String uri, String[] keys) {
            URI address = URI.create(uri);
            var client = redis.clients.jedis.RedisClient.builder()
                    .hostAndPort(address.getHost(), address.getPort())
                    .clientConfig(redis.clients.jedis.DefaultJedisClientConfig.builder()
                            .protocol(redis.clients.jedis.RedisProtocol.RESP3)
                            .build())
                    .cache(new CacheForAnyServer())
                    .build();
            for (String key : keys) {
                client.set(key, VALUE);
                client.get(key);
            }
            return key -> lengthOf(client.get(key));
        }
    };

    private static final int ENTRIES_MAX = 10_000;
    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration BOUND = Duration.ofMillis(250);
    private static final String VALUE = "72.10";

    final String title;
    final boolean isPeer;

    NearHitSubject(String title, boolean isPeer) {
        this.title = title;
        this.isPeer = isPeer;
    }

    /// Those that the arguments of a benchmark ask for: with `quick`, without the other clients.
    static List<NearHitSubject> chosenBy(List<String> arguments) {
        boolean isQuick = isQuick(arguments);
        return Arrays.stream(values())
                .filter(subject -> !isQuick || !subject.isPeer)
                .toList();
    }

    static boolean isQuick(List<String> arguments) {
        return arguments.contains("quick");
    }

    /// Connects, and fills server and near-cache with `keys`; what it returns reads a key and uses the value.
    abstract ToIntFunction<String> open(String uri, String[] keys) throws Exception;

    private static ToIntFunction<String> filled(Cache<String, String> cache, String[] keys) {
        for (String key : keys) {
            // A value of its own for each key, as a decoder makes them.
            cache.put(key, String.valueOf(VALUE.toCharArray()));
        }
        return key -> lengthOf(cache.getIfPresent(key));
    }

    private static ToIntFunction<String> cachewright(String uri, String[] keys, Freshness freshness, HitClock clock)
            throws InterruptedException {
        CachewrightClient client = CachewrightClient.builder(uri)
                .cacheClass(CacheClass.builder("quotes", "quote:")
                        .freshness(freshness)
                        .build())
                .hitClock(clock)
                .build();
        while (client.linkState() != LinkState.LIVE) {
            Thread.sleep(1);
        }
        NearCache<String> cache = client.nearCache("quotes", Codec.utf8());
        for (String key : keys) {
            cache.put(key, VALUE, TTL);
        }
        for (String key : keys) {
            while (cache.read(key).source() != Source.NEAR) {
                Thread.sleep(1);
            }
        }
        return key -> lengthOf(cache.get(key));
    }

    private static int lengthOf(@Nullable String value) {
        return value == null ? 0 : value.length();
    }

    /// As it is, Jedis refuses to cache what any Valkey or a Redis older than 7.4 holds.
    private static final class CacheForAnyServer extends DefaultCache {
        CacheForAnyServer() {
            super(ENTRIES_MAX);
        }

        @Override
        public boolean compatibilityMode() {
            return true;
        }
    }
}
