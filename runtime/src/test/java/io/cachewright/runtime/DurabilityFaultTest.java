package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachewright.domain.Engine;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Durability;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.fault.FaultProxy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// F9, F10 and F28: what a replica does not know of what was acknowledged, and what a failover loses of it. The link to
/// the replica is held; for a failover the primary is killed and the replica promoted.
class DurabilityFaultTest {

    private static final int WRITES = 200;
    /// So long that no write is given up only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(20);

    /// A primary, its replica, and the network between them.
    private static final class Pair implements AutoCloseable {
        final RedisServer primary;
        final FaultProxy between;
        final RedisServer replica;

        Pair(ServerBinary binary, ServerSettings settings) {
            primary = RedisServer.start(binary, settings.with("repl-diskless-sync-delay", "0"));
            between = FaultProxy.before((Address.Tcp) primary.address());
            replica = RedisServer.start(
                    binary,
                    settings.with("replicaof", "127.0.0.1 " + between.address().port()));
            try (WireConnection connection = primary.connect()) {
                for (int i = 0; i < 3_000; i++) {
                    connection.call("SET", "probe", "1").orThrow();
                    if (connection.call("WAIT", "1", "10").integer() == 1) {
                        return;
                    }
                }
            }
            throw new IllegalStateException("the replica does not follow");
        }

        void failOver() {
            primary.kill();
            try (WireConnection connection = replica.connect()) {
                connection.call("REPLICAOF", "NO", "ONE").orThrow();
            }
        }

        @Override
        public void close() {
            between.close();
            replica.close();
            primary.close();
        }
    }

    private static CachewrightClient client(RedisServer server, Durability durability, Writers writers) {
        return client(server, durability, writers, AMPLE);
    }

    private static CachewrightClient client(
            RedisServer server, Durability durability, Writers writers, Duration readTimeout) {
        return CachewrightClient.builder("redis://" + server.address())
                .readTimeout(readTimeout)
                .cacheClass(CacheClass.builder("orders", "order:")
                        .durability(durability)
                        .writers(writers)
                        .build())
                .build();
    }

    /// Writes until one is not acknowledged; the keys that were.
    private static List<String> writeUntilRefused(NearCache<String> orders, String prefix, int most) {
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            String key = "order:" + prefix + i;
            try {
                orders.put(key, "filled", Duration.ZERO);
                acknowledged.add(key);
            } catch (CacheException.NotDurable _) {
                return acknowledged;
            }
        }
        return acknowledged;
    }

    private static long lost(RedisServer server, List<String> acknowledged) {
        try (WireConnection connection = server.connect()) {
            return acknowledged.stream()
                    .filter(key -> connection.call("EXISTS", key).integer() == 0)
                    .count();
        }
    }

    private static long lostInAFailover(Durability durability, Writers writers) {
        // Only who waits in vain is in a hurry.
        try (Pair pair = new Pair(ServerBinaries.embedded(), ServerSettings.onTcp());
                CachewrightClient patient = client(pair.primary, durability, writers);
                CachewrightClient hasty = client(pair.primary, durability, writers, Duration.ofSeconds(3))) {
            List<String> acknowledged =
                    new ArrayList<>(writeUntilRefused(patient.nearCache("orders", Codec.utf8()), "before-", WRITES));
            assertThat(acknowledged).hasSize(WRITES);
            pair.between.openHole();
            List<String> whileHeld = writeUntilRefused(hasty.nearCache("orders", Codec.utf8()), "after-", WRITES);
            assertThat(whileHeld).hasSize(durability instanceof Durability.Async ? WRITES : 0);
            acknowledged.addAll(whileHeld);
            pair.failOver();
            return lost(pair.replica, acknowledged);
        }
    }

    @Test
    void aReplicatedWriteThatWasAcknowledgedSurvivesTheFailover() {
        assertThat(lostInAFailover(Durability.replicated(1), Writers.ANY)).isZero();
    }

    @Test
    void aReplicatedWriteByScriptSurvivesItToo() {
        assertThat(lostInAFailover(Durability.replicated(1), Writers.LIBRARY)).isZero();
    }

    /// The checker sees the loss where nothing guards against it.
    @Test
    void anAsynchronousWriteThatWasAcknowledgedIsLost() {
        assertThat(lostInAFailover(Durability.async(), Writers.ANY)).isPositive();
    }

    private static Optional<ServerBinary> withWaitAof() {
        return ServerBinaries.of(Engine.VALKEY, 8, 1).or(() -> ServerBinaries.of(Engine.REDIS, 8, 0));
    }

    @Test
    void aDurableWriteThatWasAcknowledgedSurvivesTheLossOfBothServersMemory() {
        Optional<ServerBinary> binary = withWaitAof();
        assumeTrue(binary.isPresent(), "no server with WAITAOF at hand (CACHEWRIGHT_SERVERS)");
        ServerSettings onDisk = ServerSettings.onTcp().with("appendonly", "yes").with("appendfsync", "everysec");
        try (Pair pair = new Pair(binary.orElseThrow(), onDisk);
                CachewrightClient client = CachewrightClient.builder("redis://" + pair.primary.address())
                        .readTimeout(Duration.ofSeconds(10))
                        .cacheClass(CacheClass.builder("orders", "order:")
                                .durability(Durability.durable(1))
                                .build())
                        .build()) {
            NearCache<String> orders = client.nearCache("orders", Codec.utf8());
            // One at a time each waits for the next second's fsync.
            List<String> acknowledged = writeUntilRefused(orders, "", 3);
            assertThat(acknowledged).hasSize(3);
            pair.primary.kill();
            pair.replica.kill();
            pair.primary.restart();
            pair.replica.restart();
            assertThat(lost(pair.primary, acknowledged)).isZero();
            assertThat(lost(pair.replica, acknowledged)).isZero();
        }
    }

    @Test
    void aServerWithoutWaitAofOrWithoutAFileSaysSo() {
        try (RedisServer old = RedisServer.start(ServerSettings.onTcp());
                CachewrightClient client = client(old, Durability.durable(0), Writers.ANY)) {
            NearCache<String> orders = client.nearCache("orders", Codec.utf8());
            assertThatThrownBy(() -> orders.put("order:1", "filled", Duration.ZERO))
                    .isInstanceOf(CacheException.NotDurable.class)
                    .hasMessageContaining("no WAITAOF");
        }
        withWaitAof().ifPresent(binary -> {
            try (RedisServer server = RedisServer.start(binary, ServerSettings.onTcp());
                    CachewrightClient client = client(server, Durability.durable(0), Writers.ANY)) {
                NearCache<String> orders = client.nearCache("orders", Codec.utf8());
                assertThatThrownBy(() -> orders.put("order:1", "filled", Duration.ZERO))
                        .isInstanceOf(CacheException.class)
                        .hasMessageContaining("appendonly");
            }
        });
    }

    @Test
    void writesThatWaitForReplicasAreCommittedInGroups() throws InterruptedException {
        try (Pair pair = new Pair(ServerBinaries.embedded(), ServerSettings.onTcp());
                CachewrightClient client = client(pair.primary, Durability.replicated(1), Writers.ANY);
                WireConnection other = pair.primary.connect()) {
            NearCache<String> orders = client.nearCache("orders", Codec.utf8());
            other.call("CONFIG", "RESETSTAT").orThrow();
            // The first waits until all others have come.
            pair.between.openHole();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String key = "order:" + i;
                threads.add(Thread.ofVirtual().start(() -> orders.put(key, "filled", Duration.ZERO)));
            }
            eventually(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
            pair.between.restore();
            for (Thread thread : threads) {
                thread.join();
            }
            String stats = other.call("INFO", "commandstats").text();
            assertThat(stats).contains("cmdstat_set:calls=100,");
            int waits = Integer.parseInt(stats.replaceAll("(?s).*cmdstat_wait:calls=(\\d+),.*", "$1"));
            assertThat(waits).isLessThan(50);
        }
    }

    /// F28: a lock that its holder believes to have, and that a failover took from him. This library has no locks;
    /// what guards is the version of what is written.
    @Test
    void ofTwoWhoBelieveToHoldALockOneWrites() {
        try (Pair pair = new Pair(ServerBinaries.embedded(), ServerSettings.onTcp())) {
            NearCache<String> one;
            try (CachewrightClient first = client(pair.primary, Durability.replicated(1), Writers.LIBRARY)) {
                one = first.nearCache("orders", Codec.utf8());
                one.put("order:guarded", "nobody", Duration.ZERO);
            }
            OptionalLong lockOfOne;
            try (CachewrightClient first = client(pair.primary, Durability.async(), Writers.LIBRARY)) {
                pair.between.openHole();
                lockOfOne =
                        first.nearCache("orders", Codec.utf8()).putIfAbsent("order:lock", "one", Duration.ofMinutes(1));
            }
            pair.failOver();
            try (CachewrightClient second = client(pair.replica, Durability.async(), Writers.LIBRARY)) {
                NearCache<String> two = second.nearCache("orders", Codec.utf8());
                OptionalLong lockOfTwo = two.putIfAbsent("order:lock", "two", Duration.ofMinutes(1));
                assertThat(lockOfOne).as("both have the lock").isPresent();
                assertThat(lockOfTwo).isPresent();
                long version = two.read("order:guarded").versionOrMin();
                assertThat(two.putIfVersion("order:guarded", version, "two", Duration.ZERO))
                        .isPresent();
                assertThat(two.putIfVersion("order:guarded", version, "one", Duration.ZERO))
                        .isEmpty();
                assertThat(two.get("order:guarded")).isEqualTo("two");
            }
        }
    }

    /// The guard of the test above switched off: what is written without a version is written by both.
    @Test
    void withoutVersionsTheOneWhoLostTheLockWritesOverTheOther() {
        try (Pair pair = new Pair(ServerBinaries.embedded(), ServerSettings.onTcp())) {
            pair.failOver();
            try (CachewrightClient both = client(pair.replica, Durability.async(), Writers.LIBRARY)) {
                NearCache<String> orders = both.nearCache("orders", Codec.utf8());
                orders.put("order:guarded", "two", Duration.ZERO);
                orders.put("order:guarded", "one", Duration.ZERO);
                assertThat(orders.get("order:guarded")).isEqualTo("one");
            }
        }
    }

    // F9: a replica knows the past

    @Test
    void noLinkIsMadeToAReplica() {
        try (Pair pair = new Pair(ServerBinaries.embedded(), ServerSettings.onTcp())) {
            assertThatThrownBy(() -> client(pair.replica, Durability.async(), Writers.ANY))
                    .isInstanceOf(CacheException.Rejected.class)
                    .hasMessageContaining("the server is a replica");
        }
    }

    /// Reads of the replica that claim what a link to it would: to be as of the moment at which they were asked.
    @Test
    void ofAReaderOfTheReplicaTheCheckerSeesThatHeReadsThePast() {
        History history = new History();
        try (Pair pair = new Pair(ServerBinaries.embedded(), ServerSettings.onTcp());
                WireConnection toPrimary = pair.primary.connect();
                WireConnection toReplica = pair.replica.connect()) {
            List<History.Read> reads = new ArrayList<>();
            for (int version = 1; version <= 20; version++) {
                if (version == 11) {
                    pair.between.openHole();
                }
                long begun = System.nanoTime();
                toPrimary.call("SET", "order:1", Integer.toString(version)).orThrow();
                if (version <= 10) {
                    assertThat(toPrimary.call("WAIT", "1", "5000").integer()).isEqualTo(1);
                }
                history.wrote("order:1", begun, System.nanoTime());
                long invoked = System.nanoTime();
                int seen = Integer.parseInt(toReplica.call("GET", "order:1").text());
                reads.add(new History.Read(
                        "order:1", seen, invoked, System.nanoTime(), 0, Long.MAX_VALUE, Source.REMOTE));
            }
            history.addAll(reads);
            assertThat(history.violations()).hasSize(10);
        }
    }
}
