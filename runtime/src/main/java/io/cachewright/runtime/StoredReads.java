package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.runtime.Generations.Standing;
import io.cachewright.runtime.loading.EarlyRefresh;
import io.cachewright.runtime.loading.Want;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks into near-cache and server for values that were loaded, and judges them: by their time to live, by the
/// generations that they carry, and by whether they can be read.
final class StoredReads<V> {

    private static final Standing UNSTAMPED = new Standing(true, 0, false);

    private final NearCache<Stored<V>> near;
    private final EarlyRefresh early;
    private final @Nullable Generations generations;
    private final LinkClock clock;
    private final long graceMillis;
    private final boolean mustHaveServer;

    StoredReads(
            NearCache<Stored<V>> near,
            LoadLimits limits,
            EarlyRefresh early,
            @Nullable Generations generations,
            LinkClock clock) {
        this.near = near;
        this.early = early;
        this.generations = generations;
        this.clock = clock;
        this.graceMillis = limits.staleIfError().toMillis();
        CacheClass policy = near.policy();
        this.mustHaveServer =
                policy.freshness() instanceof Freshness.Strict || policy.whenUnproved() == WhenUnproved.REFUSE;
    }

    /// What is near and may be served without asking anybody; null when nothing is.
    @Nullable
    Stored<V> hit(String key) {
        Entry<Stored<V>> hit = near.hit(key);
        Stored<V> stored = hit == null ? null : hit.value;
        boolean isQuiet = stored != null
                && clock.tickNanos() - stored.quietUntilNanos < 0
                && (stored.stamps.isEmpty() || (generations != null && generations.areCurrentNear(stored.stamps)));
        return isQuiet ? stored : null;
    }

    Found<V> look(String key) {
        try {
            return judge(key, near.read(key));
        } catch (CacheException.Unavailable e) {
            if (mustHaveServer) {
                throw e;
            }
            return new Found.NoServer<>();
        }
    }

    /// As [#look] for each of `keys`, each server asked once.
    Map<String, Found<V>> lookAll(Collection<String> keys) {
        Map<String, Found<V>> found = HashMap.newHashMap(keys.size());
        try {
            near.readAll(keys).forEach((key, answer) -> found.put(key, judge(key, answer)));
        } catch (CacheException.Unavailable e) {
            if (mustHaveServer) {
                throw e;
            }
            keys.forEach(key -> found.putIfAbsent(key, new Found.NoServer<>()));
        }
        return found;
    }

    private Found<V> judge(String key, Answer<Stored<V>> look) {
        long asOf = clock.nanoTime() - look.ageNanos();
        Stored<V> stored = look.value();
        if (stored == null) {
            return new Found.Nothing<>(Want.of(key, asOf, graceMillis), null, null, asOf);
        }
        Standing standing =
                generations == null || stored.stamps.isEmpty() ? UNSTAMPED : generations.standing(stored.stamps);
        if (!standing.isCurrent()) {
            // Void is not merely old: it is no last value either.
            return new Found.Nothing<>(Want.insteadOf(key, asOf, graceMillis, stored.tail(), true), stored, null, asOf);
        }
        long now = clock.nanoTime();
        long age = Math.max(now - asOf, standing.ageNanos());
        Stored<V> readable = stored.isReadable ? stored : stored.substitute;
        long left = readable == null ? 0 : readable.expiresNanos - now;
        if (readable == null || left <= 0) {
            Want want = stored.isReadable
                    ? Want.of(key, asOf, graceMillis)
                    : Want.insteadOf(key, asOf, graceMillis, stored.tail(), !stored.isForeign);
            return new Found.Nothing<>(want, stored, readable, now - age);
        }
        boolean isEarly = now - readable.quietUntilNanos >= 0
                && early.isDue(
                        left, readable.loadNanos, ThreadLocalRandom.current().nextDouble());
        return new Found.Value<>(
                readable,
                age,
                standing.isStale() ? Source.STALE : look.source(),
                isEarly ? Want.of(key, asOf, TimeUnit.NANOSECONDS.toMillis(left) + graceMillis + 1) : null);
    }
}
