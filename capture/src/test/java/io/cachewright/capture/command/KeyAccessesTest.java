package io.cachewright.capture.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KeyAccessesTest {

    private static final long NOW = 1_700_000_000_000_000_000L;
    private static final Client CLIENT = new Client(0, "127.0.0.1:1", Client.Kind.NETWORK);

    private static List<Access> of(Optional<Answer> answer, String... command) {
        List<Access> accesses = new ArrayList<>();
        new KeyAccesses(accesses::add).accept(new CapturedCommand(NOW, CLIENT, 0, Arguments.of(command), 0, answer));
        return accesses;
    }

    private static Access only(String... command) {
        return of(Optional.empty(), command).getFirst();
    }

    private static Optional<Answer> answer(ReplyType type, long length) {
        return Optional.of(new Answer(type, length + 5, length, 1, 0, 0));
    }

    @Test
    void aSetBringsItsValueAndItsLease() {
        Access access = only("SET", "k", "12345", "NX", "PX", "3000");
        assertThat(access.key()).isEqualTo(Key.of("k"));
        assertThat(access.valueBytes()).isEqualTo(OptionalLong.of(5));
        assertThat(access.expiry()).isEqualTo(new Access.Expiry.After(3_000));
        assertThat(only("SETEX", "k", "10", "abc").expiry()).isEqualTo(new Access.Expiry.After(10_000));
        assertThat(only("SETEX", "k", "10", "abc").valueBytes()).isEqualTo(OptionalLong.of(3));
    }

    @Test
    void aPlainSetEndsALeaseAndKeepttlKeepsIt() {
        assertThat(only("SET", "k", "v").expiry()).isEqualTo(new Access.Expiry.Never());
        assertThat(only("SET", "k", "v", "KEEPTTL").expiry()).isEqualTo(new Access.Expiry.Unchanged());
        assertThat(only("SET", "k", "EX").expiry()).isEqualTo(new Access.Expiry.Never());
        assertThat(only("GETEX", "k", "PERSIST").expiry()).isEqualTo(new Access.Expiry.Never());
        assertThat(only("HSET", "k", "f", "v").expiry()).isEqualTo(new Access.Expiry.Unchanged());
    }

    @Test
    void aLeaseUntilAnInstantIsTurnedIntoOneFromNow() {
        assertThat(only("PEXPIREAT", "k", "1700000001500").expiry()).isEqualTo(new Access.Expiry.After(1_500));
        assertThat(only("SET", "k", "v", "EXAT", "1699999999").expiry()).isEqualTo(new Access.Expiry.After(-1_000));
    }

    @Test
    void everyKeyOfACommandIsAnAccess() {
        List<Access> accesses = of(Optional.empty(), "MSET", "a", "1", "b", "22");
        assertThat(accesses).extracting(access -> access.key().toString()).containsExactly("a", "b");
        assertThat(accesses).extracting(Access::valueBytes).containsExactly(OptionalLong.of(1), OptionalLong.of(2));
        assertThat(of(Optional.empty(), "MGET", "a", "b", "c"))
                .hasSize(3)
                .allMatch(one -> one.access() == KeyAccess.READ);
        assertThat(only("DEL", "a").access()).isEqualTo(KeyAccess.DELETE);
    }

    @Test
    void theAnswerTellsHitFromMissAndTheSizeOfTheValue() {
        Access hit = of(answer(ReplyType.STRING, 40), "GET", "k").getFirst();
        assertThat(hit.outcome()).isEqualTo(Access.Outcome.HIT);
        assertThat(hit.valueBytes()).isEqualTo(OptionalLong.of(40));
        assertThat(of(answer(ReplyType.NULL, 0), "GET", "k").getFirst().outcome())
                .isEqualTo(Access.Outcome.MISS);
        assertThat(of(answer(ReplyType.ARRAY, 0), "HGETALL", "k").getFirst().outcome())
                .isEqualTo(Access.Outcome.MISS);
        assertThat(only("GET", "k").outcome()).isEqualTo(Access.Outcome.UNKNOWN);
        assertThat(of(answer(ReplyType.ERROR, 0), "GET", "k")).isEmpty();
    }
}
