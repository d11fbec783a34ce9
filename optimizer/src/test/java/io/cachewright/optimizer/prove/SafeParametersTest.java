package io.cachewright.optimizer.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SafeParametersTest {

    @Test
    void takesOverWhatChangesSpeedAndSizeOnly() {
        Map<String, String> target = Map.ofEntries(
                Map.entry("hash-max-listpack-entries", "512"),
                Map.entry("io-threads", "4"),
                Map.entry("appendonly", "yes"),
                Map.entry("maxmemory", "104857600"),
                Map.entry("dir", "/var/lib/redis"),
                Map.entry("replicaof", "10.0.0.1 6379"),
                Map.entry("requirepass", "(redacted)"),
                Map.entry("logfile", "/var/log/redis.log"),
                Map.entry("aclfile", "/etc/redis/users.acl"),
                Map.entry("dbfilename", "dump.rdb"),
                Map.entry("unixsocket", "/run/redis.sock"),
                Map.entry("tls-key-file", "/etc/redis/key.pem"));

        assertThat(SafeParameters.of(target)).containsOnlyKeys("hash-max-listpack-entries", "io-threads", "appendonly");
    }

    @Test
    void leavesTheDiskOutWhereItIsNotWhatChanges() {
        Map<String, String> always = Map.of("appendonly", "yes", "appendfsync", "always");

        assertThat(SafeParameters.withoutWaits(always, Set.of("hash-max-listpack-entries")))
                .containsExactly(Map.entry("appendfsync", "no"));
        assertThat(SafeParameters.withoutWaits(always, Set.of("appendfsync"))).isEmpty();
        assertThat(SafeParameters.withoutWaits(Map.of("appendfsync", "everysec"), Set.of("hz")))
                .isEmpty();
    }

    @Test
    void refusesWhatWorksByTheServersClocks() {
        assertThat(SafeParameters.whyNotProvable("maxmemory-policy"))
                .hasValueSatisfying(why -> assertThat(why).contains("clocks"));
        assertThat(SafeParameters.whyNotProvable("lfu-decay-time")).isPresent();
        assertThat(SafeParameters.whyNotProvable("active-expire-effort")).isPresent();
    }

    @Test
    void saysWhyAGuardOrALimitShowsNoEffect() {
        assertThat(SafeParameters.whyNotProvable("requirepass")).isPresent();
        assertThat(SafeParameters.whyNotProvable("maxclients")).isPresent();
        assertThat(SafeParameters.whyNotProvable("save")).isPresent();
        assertThat(SafeParameters.whyNotProvable("list-max-listpack-size")).isEmpty();
    }
}
