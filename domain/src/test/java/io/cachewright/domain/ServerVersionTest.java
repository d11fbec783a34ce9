package io.cachewright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerVersionTest {

    @Test
    void valkeyHasWhatRedisHadUntilTheForkAndNothingLater() {
        ServerVersion valkey = ServerVersion.parse(Engine.VALKEY, "8.1.1").orElseThrow();
        assertThat(valkey.hasWhatRedisHadAt(7, 2)).isTrue();
        assertThat(valkey.hasWhatRedisHadAt(7, 4)).isFalse();
        assertThat(valkey.hasWhatRedisHadAt(6, 9)).isTrue();
    }

    @Test
    void versionsOfDifferentEnginesAreNeverAtLeastOneAnother() {
        ServerVersion redis = ServerVersion.parse(Engine.REDIS, "8.0.2").orElseThrow();
        assertThat(redis.isAtLeast(Engine.VALKEY, 7, 2)).isFalse();
        assertThat(redis.isAtLeast(Engine.REDIS, 8, 0)).isTrue();
        assertThat(redis.isAtLeast(Engine.REDIS, 8, 1)).isFalse();
    }

    @Test
    void readsWhatServersPrint() {
        assertThat(ServerVersion.parse(Engine.REDIS, "7.0.15")).contains(new ServerVersion(Engine.REDIS, 7, 0, 15));
        assertThat(ServerVersion.parse(Engine.VALKEY, "9.0.0-rc1")).contains(new ServerVersion(Engine.VALKEY, 9, 0, 0));
        assertThat(ServerVersion.parse(Engine.VALKEY, "unstable")).isEmpty();
    }
}
