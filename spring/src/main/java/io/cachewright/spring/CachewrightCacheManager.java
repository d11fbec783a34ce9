package io.cachewright.spring;

import io.cachewright.domain.Problems;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.codec.Codecs;
import io.cachewright.spring.CachewrightProperties.CacheProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/// One cache for each class of the policy, by its name. All are made at once, so that a wrong name in an
/// annotation and a wrong type in a property show when the application starts.
public final class CachewrightCacheManager implements CacheManager {

    private static final CacheProperties DEFAULTS = new CacheProperties(null, null, false);

    private final Map<String, Cache> caches;

    /// @param codecs by the name of the class; the others are kept as their properties say
    /// @throws io.cachewright.domain.InvalidInput with every mistake of `properties` that only the policy shows
    public CachewrightCacheManager(
            CachewrightClient client, Map<String, CacheProperties> properties, Map<String, Codec<?>> codecs) {
        this.caches = client.classes().stream()
                .filter(CachewrightCacheManager::canHold)
                .collect(Collectors.toUnmodifiableMap(
                        CacheClass::name,
                        each -> cacheOf(
                                client,
                                each,
                                properties.getOrDefault(each.name(), DEFAULTS),
                                codecs.get(each.name()))));
        check(client, properties);
    }

    private void check(CachewrightClient client, Map<String, CacheProperties> properties) {
        Problems problems = new Problems("cachewright.caches");
        properties.keySet().stream()
                .sorted()
                .filter(name -> !caches.containsKey(name))
                .forEach(name -> problems.add(
                        client.classes().stream().anyMatch(each -> each.name().equals(name))
                                ? name + " is a class with loading or fields, which is no cache of Spring's: open it by"
                                        + " loadingCache or fieldCache of the CachewrightClient"
                                : name + " is no class of the policy; there are "
                                        + caches.keySet().stream().sorted().toList()));
        client.classes().stream()
                .filter(CachewrightCacheManager::canHold)
                .filter(each -> each.nearTtl().isZero()
                        && properties.getOrDefault(each.name(), DEFAULTS).ttl() == null)
                .forEach(each -> problems.add(each.name()
                        + ".ttl is needed: the class keeps nothing near (near.ttl: 0s), and so does not say how long the"
                        + " server shall keep what is put"));
        problems.throwIfAny();
    }

    /// A loader and single fields are more than Spring's caches can say: the application opens those classes itself.
    private static boolean canHold(CacheClass policy) {
        return policy.loading().isEmpty() && policy.fieldsMax().isEmpty();
    }

    @Override
    public @Nullable Cache getCache(String name) {
        return caches.get(name);
    }

    @Override
    public Collection<String> getCacheNames() {
        return caches.keySet();
    }

    private static Cache cacheOf(
            CachewrightClient client, CacheClass policy, CacheProperties properties, @Nullable Codec<?> given) {
        Codec<Object> codec = ofObjects(given == null ? codecOf(properties) : given);
        Duration ttl = properties.ttl() == null ? policy.nearTtl() : properties.ttl();
        return new CachewrightCache(
                client.nearCache(policy.name(), properties.nullValues() ? new NullableCodec(codec) : codec),
                ttl,
                properties.nullValues());
    }

    private static Codec<?> codecOf(CacheProperties properties) {
        Class<?> type = properties.type();
        return type == null || type == String.class ? Codec.utf8() : Codecs.json(type);
    }

    // Spring's caches hold objects of any type: one of another type than the codec's fails in the codec, by its
    // name.
    @SuppressWarnings("unchecked")
    private static Codec<Object> ofObjects(Codec<?> codec) {
        return (Codec<Object>) codec;
    }
}
