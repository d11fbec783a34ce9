package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How the client of a [FaultRun] is built, with a class for each way to be fresh or not.
///
/// @param written has each key from just before it is written
record ClientUnderTest(
        Links.LinkFactory links,
        Codec<Integer> codec,
        Tracking tracking,
        Set<String> written,
        Duration detection,
        Duration readTimeout) {

    static final List<String> CLASSES = List.of("strict", "bounded", "degrading", "refusing", "effort");

    /// Values are versions in plain digits.
    static final class VersionCodec implements Codec<Integer> {
        @Override
        public byte[] encode(Integer value) {
            return Codec.utf8().encode(value.toString());
        }

        @Override
        public Integer decode(byte[] bytes) {
            return Integer.valueOf(Codec.utf8().decode(bytes));
        }

        @Override
        public long versionOf(Integer value) {
            return value;
        }
    }

    static ClientUnderTest guarded() {
        return new ClientUnderTest(
                ServerLink::new,
                new VersionCodec(),
                Tracking.BROADCAST,
                ConcurrentHashMap.newKeySet(),
                Duration.ofMillis(100),
                Duration.ofMillis(500));
    }

    ClientUnderTest with(Links.LinkFactory wanted) {
        return new ClientUnderTest(wanted, codec, tracking, written, detection, readTimeout);
    }

    ClientUnderTest with(Codec<Integer> wanted) {
        return new ClientUnderTest(links, wanted, tracking, written, detection, readTimeout);
    }

    ClientUnderTest with(Tracking wanted) {
        return new ClientUnderTest(links, codec, wanted, written, detection, readTimeout);
    }

    ClientUnderTest patient() {
        return new ClientUnderTest(links, codec, tracking, written, FaultRun.PATIENT_DETECTION, FaultRun.AMPLE);
    }

    CachewrightClient open(World world) {
        return CachewrightClient.builder(world.uri())
                .mapping(world.mapping())
                .detectWithin(detection)
                .readTimeout(readTimeout)
                .tracking(tracking)
                .cacheClass(CacheClass.builder("strict", "strict:")
                        .freshness(Freshness.strict())
                        .build())
                .cacheClass(CacheClass.builder("bounded", "bounded:")
                        .freshness(Freshness.bounded(FaultRun.BOUND))
                        .build())
                .cacheClass(CacheClass.builder("degrading", "degrading:")
                        .freshness(Freshness.bounded(FaultRun.BOUND))
                        .whenUnproved(WhenUnproved.DEGRADE)
                        .build())
                .cacheClass(CacheClass.builder("refusing", "refusing:")
                        .freshness(Freshness.bounded(FaultRun.BOUND))
                        .whenUnproved(WhenUnproved.REFUSE)
                        .build())
                .cacheClass(CacheClass.builder("effort", "effort:")
                        .freshness(Freshness.bestEffort())
                        .build())
                .links(links)
                .build();
    }
}
