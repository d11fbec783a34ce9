package io.cachewright.capture.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH hunter2",
                "auth hunter2",
                "AUTH alice hunter2",
                "HELLO 3 AUTH default hunter2 SETNAME x",
                "CONFIG SET requirepass hunter2",
                "CONFIG SET maxmemory 1gb masterauth hunter2",
                "ACL SETUSER alice on >hunter2",
                "MIGRATE host 6379 k 0 1000 AUTH hunter2",
                "MIGRATE host 6379 k 0 1000 AUTH2 alice hunter2",
            })
    void passwordsAreTakenOut(String command) {
        Arguments redacted = Secrets.redact(Arguments.of(command.split(" ")));
        assertThat(redacted.toList()).hasSameSizeAs(command.split(" "));
        for (int i = 0; i < redacted.count(); i++) {
            assertThat(redacted.text(i)).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET AUTH hunter2",
                "CONFIG SET maxmemory 1gb",
                "HELLO 3",
                "GET auth",
                "AUTH",
                "MGET a b",
                "ACL LIST"
            })
    void whatIsNoSecretStays(String command) {
        Arguments arguments = Arguments.of(command.split(" "));
        assertThat(Secrets.redact(arguments).toList().stream().map(String::new))
                .containsExactlyElementsOf(Arrays.asList(command.split(" ")));
    }
}
