package io.cachewright.optimizer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.wire.Address;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "redis://cache-1:6380, redis://cache-1:6380",
        "valkey://cache-1, redis://cache-1:6379",
        "rediss://cache-1:6380/3, rediss://cache-1:6380/3",
        "valkeys://u:p@cache-1:6380, rediss://cache-1:6380",
        "redis://[::1]:7000, redis://[::1]:7000",
        "localhost:7000, redis://localhost:7000",
        "redis-socket:///run/redis.sock, redis-socket:///run/redis.sock",
        "redis-socket://:pw@/run/redis.sock?database=2, redis-socket:///run/redis.sock?database=2",
        "unix:/run/redis.sock, redis-socket:///run/redis.sock",
        "evidence.zip, evidence.zip",
        "/var/tmp/evidence.zip, /var/tmp/evidence.zip",
    })
    void readsWhatPeopleWriteAndPrintsItWithoutSecrets(String text, String printed) {
        assertThat(Target.parse(text)).hasToString(printed);
    }

    @Test
    void keepsUserAndPasswordApart() {
        Target.Live live = (Target.Live) Target.parse("redis://desk:p%40ss:w%2Frd@host:1");

        assertThat(live.address()).isEqualTo(Address.tcp("host", 1));
        assertThat(live.user()).contains("desk");
        assertThat(live.password()).contains(Secret.of("p@ss:w/rd"));
        assertThat(live.toString() + live.password()).doesNotContain("p@ss", "desk");
    }

    @Test
    void readsABarePathAsABundle() {
        assertThat(Target.parse("a/b")).isEqualTo(new Target.Bundle(Path.of("a/b")));
    }

    @ParameterizedTest
    @CsvSource({
        "redis-sentinel://h:26379/mymaster, not supported yet",
        "valkey-cluster://h:7000, not supported yet",
        "http://h:80, the scheme http:// is unknown",
        "redis://h:70000, a port is 1 to 65535",
        "redis://h:1/x, must be a number",
        "redis://h:1?timeout=5s, the only option",
        "redis-socket://relative, needs an absolute path",
        "redis://, no readable host",
    })
    void saysWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(problem);
    }

    @Property(tries = 200)
    void neverRepeatsThePasswordInAnError(@ForAll String noise) {
        String password = "Hunter2-Hunter2";
        for (String text : new String[] {
            "redis://u:" + password + noise + "@h:x",
            "redis://" + noise + ":" + password + "@h:1/" + noise,
            "redis-socket://u:" + password + "@" + noise
        }) {
            try {
                if (Target.parse(text) instanceof Target.Live live) {
                    assertThat(live.toString()).doesNotContain(password);
                }
            } catch (InvalidInput invalid) {
                assertThat(invalid.getMessage()).doesNotContain(password);
            }
        }
    }

    @Test
    void takesThePasswordFromTheEnvironment() {
        Target.Live target = Target.Live.at(Address.tcp("h", 1));
        PasswordSource source = PasswordSource.environment(java.util.Map.of(PasswordSource.VARIABLE, "x"));

        assertThat(source.known(target)).contains(Secret.of("x"));
        assertThat(source.ask(target)).isEqualTo(Optional.empty());
        assertThat(Secret.of("x")).hasToString("***");
    }
}
