package io.cachewright.domain.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session:8f14e45fceea167a5a36dedd4bea2543",
                "jwt:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                "key:sk_live_4eC39HqLyjWDarjtT1zdp7dc",
                "aws:AKIAIOSFODNN7EXAMPLE",
                "user:jane.doe@example.com:prefs",
                "cache:f3b0c44298fc1c149afbf4c8996fb924",
                "x:Zk3qW9xLp2Vt7Rm4Bn8Yc5Hd"
            })
    void whatLooksLikeASecretIsNotKept(String name) {
        assertThat(RedactedName.ofPrintable(name).isRedacted()).isTrue();
        assertThat(RedactedName.ofPrintable(name).printed()).contains(RedactedName.REDACTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "md:book:BTCUSDT",
                "order:2f1c3b7a-5d0e-4f6a-9b8c-7d6e5f4a3b2c",
                "session:open",
                "quote:AAPL261120C00150000",
                "positions:{acct:12345678}",
                "eyJust:a:name"
            })
    void whatDoesNotIsKeptAsItIs(String name) {
        assertThat(RedactedName.ofPrintable(name)).isEqualTo(new RedactedName(name, false));
    }
}
