package io.cachewright.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.load.ReplyScanner.Found;
import io.cachewright.lab.wire.Replies;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.ReplyEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReplyScannerTest {

    @Property(tries = 300)
    void findsTheEndOfEachReplyHoweverItIsChopped(@ForAll("replies") List<Reply> replies, @ForAll long seed)
            throws IOException {
        assertThat(scan(ReplyEncoder.encode(replies), seed))
                .isEqualTo(replies.stream().map(ReplyScannerTest::kind).toList());
    }

    private static Found kind(Reply reply) {
        return switch (reply) {
            case Reply.Error _ -> Found.ERROR;
            case Reply.Push _ -> Found.PUSH;
            case Reply _ -> Found.REPLY;
        };
    }

    @Property(tries = 1_000)
    void anyBytesAreScannedOrRefused(@ForAll byte[] bytes, @ForAll long seed) {
        try {
            assertThat(scan(bytes, seed)).hasSizeLessThanOrEqualTo(bytes.length);
        } catch (IOException refused) {
            assertThat(refused).hasMessageStartingWith("a reply");
        }
    }

    @Provide
    Arbitrary<List<Reply>> replies() {
        return Replies.someWithPushes();
    }

    private static List<Found> scan(byte[] bytes, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ReplyScanner scanner = new ReplyScanner();
        List<Found> all = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 500));
            ByteBuffer input = ByteBuffer.wrap(bytes, at, count);
            at += count;
            for (Found found = scanner.next(input); found != Found.NOTHING; found = scanner.next(input)) {
                all.add(found);
            }
        }
        return all;
    }

    @Test
    void tellsErrorsByTheirFirstWord() throws IOException {
        ReplyScanner scanner = new ReplyScanner();
        ByteBuffer input = ByteBuffer.wrap(
                "-OOM command not allowed\r\n-LOADING\r\n+OK\r\n$-1\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(scanner.next(input)).isEqualTo(Found.ERROR);
        assertThat(scanner.errorPrefix()).isEqualTo("OOM");
        assertThat(scanner.next(input)).isEqualTo(Found.ERROR);
        assertThat(scanner.errorPrefix()).isEqualTo("LOADING");
        assertThat(scanner.next(input)).isEqualTo(Found.REPLY);
        assertThat(scanner.next(input)).isEqualTo(Found.REPLY);
        assertThat(scanner.next(input)).isEqualTo(Found.NOTHING);
    }

    @Test
    void refusesNumbersNoServerSends() {
        assertThatThrownBy(() -> scan("*99999999999999\r\n".getBytes(StandardCharsets.US_ASCII), 1))
                .isInstanceOf(IOException.class);
    }
}
