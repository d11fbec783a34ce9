package io.cachewright.lab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.wire.WireConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SentinelSetTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void promotesAReplicaWhenThePrimaryIsKilledAndTakesTheOldOneBackAsReplica() {
        try (SentinelSet set = SentinelSet.start(ServerBinaries.embedded(), SentinelSettings.usual())) {
            RedisServer first = set.primary();
            assertThat(first).isSameAs(set.servers().getFirst());
            try (WireConnection connection = first.connect()) {
                connection.call("SET", "k", "v").orThrow();
                assertThat(connection.call("WAIT", "2", "5000").integer()).isEqualTo(2);
            }
            first.kill();
            RedisServer next = set.awaitPrimaryOtherThan(first, SOON);
            try (WireConnection connection = next.connect()) {
                assertThat(connection.call("GET", "k").text()).isEqualTo("v");
                connection.call("SET", "k", "w").orThrow();
            }
            first.restart();
            set.awaitReplica(first, SOON);
        }
    }

    @Tag("long")
    @Test
    void noFailoverOfTwentyFindsNobodyToPromote() {
        try (SentinelSet set = SentinelSet.start(ServerBinaries.embedded(), SentinelSettings.usual())) {
            for (int i = 0; i < 20; i++) {
                RedisServer old = set.primary();
                old.kill();
                set.awaitPrimaryOtherThan(old, SOON);
                old.restart();
                set.servers().stream()
                        .filter(server -> server != set.primary())
                        .forEach(server -> set.awaitReplica(server, SOON));
                set.awaitReady();
            }
            for (RedisServer sentinel : set.sentinels()) {
                assertThat(sentinel.log()).doesNotContain("-failover-abort-no-good-slave", "+tilt");
            }
        }
    }

    @Test
    void behindProxiesAPrimaryCanBeCutOffFromTheOthersAndNotFromUs() {
        try (SentinelSet set = SentinelSet.start(
                ServerBinaries.embedded(), SentinelSettings.usual().behindProxies())) {
            RedisServer old = set.primary();
            set.proxyOf(old).openHole();
            RedisServer next = set.awaitPrimaryOtherThan(old, SOON);
            try (WireConnection toOld = old.connect();
                    WireConnection toNext = next.connect()) {
                assertThat(toOld.call("SET", "k", "lost").isError()).isFalse();
                assertThat(toNext.call("SET", "k", "kept").isError()).isFalse();
            }
            set.proxyOf(old).restore();
            set.awaitReplica(old, SOON);
            try (WireConnection toOld = old.connect()) {
                assertThat(toOld.call("GET", "k").text()).isEqualTo("kept");
            }
        }
    }

    @Test
    void closingLeavesNeitherProcessesNorDirectories() {
        SentinelSet set = SentinelSet.start(ServerBinaries.embedded(), SentinelSettings.usual());
        List<RedisServer> all = new java.util.ArrayList<>(set.servers());
        all.addAll(set.sentinels());
        List<ProcessHandle> processes = all.stream()
                .map(server -> ProcessHandle.of(server.pid()).orElseThrow())
                .toList();
        set.close();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(all.stream().map(RedisServer::directory))
                .noneMatch(path -> Path.of(path.toString()).toFile().exists());
    }
}
