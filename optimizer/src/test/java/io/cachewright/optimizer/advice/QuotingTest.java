package io.cachewright.optimizer.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QuotingTest {

    @Property(tries = 500)
    void anyArgumentsAreSplitAsTheyWereJoined(@ForAll("arguments") List<String> arguments) {
        String line = new ChangeSteps.Line.Redis(arguments).text();

        assertThat(line.lines()).hasSizeLessThanOrEqualTo(1);
        assertThat(SplitArguments.of(line)).isEqualTo(arguments);
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        Arbitrary<String> nasty = Arbitraries.strings()
                .withChars(" \t\r\n\"'\\#x41\u0007\u0000é€𝄞$`;|&*?")
                .ofMaxLength(12);
        return Arbitraries.oneOf(nasty, Arbitraries.strings().ofMaxLength(8))
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)) || text.equals("𝄞"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Test
    void redisCliReadsWhatWasQuoted() throws IOException, InterruptedException {
        assumeTrue(Shells.has("redis-cli"), "redis-cli is not installed");
        List<String> values =
                List.of("", "a b", "it's", "say \"hi\"", "line\nbreak\r", "back\\slash\\x41", "#no comment", "é€");
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                var connection = server.connect()) {
            StringBuilder script = new StringBuilder();
            for (int index = 0; index < values.size(); index++) {
                script.append(ChangeSteps.Line.Redis.of("SET", "k" + index, values.get(index))
                                .text())
                        .append('\n');
            }
            Shells.run(
                    script.toString(),
                    "redis-cli",
                    "-s",
                    server.socketPath().orElseThrow().toString());

            for (int index = 0; index < values.size(); index++) {
                assertThat(connection.call("GET", "k" + index).text()).isEqualTo(values.get(index));
            }
        }
    }
}
