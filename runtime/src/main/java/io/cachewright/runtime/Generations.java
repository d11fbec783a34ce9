package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.runtime.wire.Envelope.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// The generations of tags and classes, as one class of keys sees them: near, and as fresh as that class promises.
///
/* A tag's generation is a key in the server that holds a random number. A value carries the generations of its tags from
 * before its load began; it is void once one of them is another. So a tag invalidates whatever carries it by one write,
 * at once for who sees that write, and without a list of keys.
 *
 * The number is random and never counted up: when the server loses it (eviction, a failover, a restart with older data)
 * the next one is new, and cannot by accident be one that some old value still carries. An absent generation matches
 * nothing.
 *
 * A negative number says that a change of the tagged values is under way: see Invalidator.change.
 */
final class Generations {

    static final String PREFIX = "cachewright:gen:";

    private static final String TAG = "tag:";
    private static final String CLASS = "class:";
    private static final long NEAR_MAX = 100_000;
    private static final Duration NEAR_TTL = Duration.ofHours(1);

    /// Whole numbers in plain digits.
    static final class NumberCodec implements Codec<Long> {
        @Override
        public byte[] encode(Long value) {
            return value.toString().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Long decode(byte[] bytes) {
            return Long.valueOf(new String(bytes, StandardCharsets.US_ASCII));
        }
    }

    private final NearCache<Long> near;
    private final Routing routing;

    Generations(NearCache<Long> near, Routing routing) {
        this.near = near;
        this.routing = routing;
    }

    /// The policy under which the class `of` sees generations.
    static CacheClass policyFor(CacheClass of) {
        return CacheClass.builder("cachewright:generations of " + of.name(), PREFIX)
                .freshness(of.freshness())
                .whenUnproved(of.whenUnproved())
                .nearBound(NearBound.entries(NEAR_MAX))
                .nearTtl(NEAR_TTL)
                .build();
    }

    /// Under which what is changed together is seen together.
    static CacheClass strictPolicy() {
        return CacheClass.builder("cachewright:generations", PREFIX)
                .freshness(Freshness.strict())
                .nearBound(NearBound.entries(NEAR_MAX))
                .nearTtl(NEAR_TTL)
                .build();
    }

    /// What the stamps of a tag are named.
    static String nameOfTag(String tag) {
        return TAG + tag;
    }

    /// What the stamps of a class are named.
    static String nameOfClass(String name) {
        return CLASS + name;
    }

    static String keyOf(String stampName) {
        return PREFIX + stampName;
    }

    /// Another one each time, above zero.
    static long fresh() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    /// Whether the near-cache says, without asking anybody, that all of `stamps` are current.
    boolean areCurrentNear(List<Stamp> stamps) {
        for (Stamp stamp : stamps) {
            Entry<Long> hit = near.hit(stamp.tag());
            if (hit == null || hit.value == null || hit.value != stamp.generation()) {
                return false;
            }
        }
        return true;
    }

    /// What is known of some stamps.
    ///
    /// @param ageNanos the bound on the age of that knowledge
    /// @param isStale whether it is older than the class promises, or not provable
    record Standing(boolean isCurrent, long ageNanos, boolean isStale) {}

    /// Whether all of `stamps` are current.
    Standing standing(List<Stamp> stamps) {
        long age = 0;
        boolean isStale = false;
        for (Stamp stamp : stamps) {
            Answer<Long> current = near.read(stamp.tag());
            Long generation = current.value();
            if (generation == null || generation != stamp.generation()) {
                return new Standing(false, current.ageNanos(), false);
            }
            age = Math.max(age, current.ageNanos());
            isStale |= current.source() == Source.STALE;
        }
        return new Standing(true, age, isStale);
    }

    /// The stamps for a value of `policy` whose load begins after this.
    List<Stamp> stampsFor(CacheClass policy, String key) {
        List<Stamp> stamps = new ArrayList<>();
        if (policy.invalidation().byGeneration()) {
            stamps.add(stamp(nameOfClass(policy.name())));
        }
        policy.invalidation().tagsOf(key).forEach(tag -> stamps.add(stamp(nameOfTag(tag))));
        return stamps;
    }

    private Stamp stamp(String name) {
        return new Stamp(name, current(keyOf(name)));
    }

    /// The generation under `key`, made when there is none.
    long current(String key) {
        Long known = near.read(key).value();
        if (known == null) {
            near.awaitWrite(routing.write(key, () -> Commands.setIfAbsent(key, near.encode(fresh()))));
            known = near.read(key).value();
        }
        if (known == null) {
            throw new CacheException.Unavailable("the generation " + key + " was gone right after it was made");
        }
        return known;
    }
}
