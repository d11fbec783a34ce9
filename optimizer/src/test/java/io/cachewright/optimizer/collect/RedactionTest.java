package io.cachewright.optimizer.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.keys.RedactedName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource({
        "user:jane.doe@bank.example:limits, user:(redacted):limits",
        "session:9f8a7b6c5d4e, session:(redacted)",
        "jwt:eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl, jwt:(redacted)",
        "api:sk_live_4eC39HqLyjWDarjtT1, api:(redacted)",
        "cache:d41d8cd98f00b204e9800998ecf8427e, cache:(redacted)",
        "t:aB3dE5gH7jK9mN1pQ3sT5v, t:(redacted)",
    })
    void redactsWhatLooksLikeASecret(String name, String kept) {
        RedactedName keyName = RedactedName.of(name.getBytes(StandardCharsets.UTF_8));
        assertThat(keyName.printed()).isEqualTo(kept);
        assertThat(keyName.isRedacted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "md:{BTC-USD}:l2",
                "book:BTCUSDT",
                "order:550e8400-e29b-41d4-a716-446655440000",
                "candle:ES:1m:1700000000000",
                "positions:desk-7:2026-11-23",
                "token:list",
            })
    void leavesOrdinaryNamesAlone(String name) {
        assertThat(RedactedName.of(name.getBytes(StandardCharsets.UTF_8))).isEqualTo(new RedactedName(name, false));
    }

    @Test
    void printsBytesThatAreNoText() {
        assertThat(RedactedName.of(new byte[] {'a', 0, (byte) 0xff}).printed()).isEqualTo("a\\x00\\xff");
    }

    @Test
    void keepsOfACommandItsNameAndKeysOnly() {
        assertThat(kept("SET", "px:BTC", "61686.25", "EX", "10"))
                .containsExactly("SET", "px:BTC", "<8 bytes>", "<2 bytes>", "<2 bytes>");
        assertThat(kept("MSET", "a", "1", "b", "22")).containsExactly("MSET", "a", "<1 bytes>", "b", "<2 bytes>");
        assertThat(kept("AUTH", "desk", "hunter2")).containsExactly("AUTH", "<4 bytes>", "<7 bytes>");
        assertThat(kept("EVAL", "return 1", "1", "k", "v"))
                .containsExactly("EVAL", "<8 bytes>", "<1 bytes>", "k", "<1 bytes>");
        assertThat(kept("CONFIG", "SET", "requirepass", "hunter2"))
                .containsExactly("CONFIG", "SET", "<11 bytes>", "<7 bytes>");
        assertThat(kept("KEYS", "*")).containsExactly("KEYS", "*");
        assertThat(kept("SET", "k", "ab... (98 more bytes)")).containsExactly("SET", "k", "<100 bytes>");
        assertThat(kept("DEL", "a", "... (5 more arguments)")).containsExactly("DEL", "a", "... (5 more arguments)");
    }

    private static List<String> kept(String... words) {
        return CommandArguments.kept(Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList());
    }
}
