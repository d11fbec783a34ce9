package io.cachewright.lab.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReplyParserTest {

    private static final ReplyLimits TIGHT = new ReplyLimits(4, 1_000, 1_000, 200);

    @Property(tries = 300)
    void readsBackWhatWasWrittenHoweverItIsChopped(@ForAll("replies") List<Reply> replies, @ForAll long seed)
            throws MalformedReply {
        byte[] bytes = ReplyEncoder.encode(replies);
        assertThat(parseChopped(new ReplyParser(), bytes, seed)).isEqualTo(replies);
    }

    @Property(tries = 100)
    void aReplyCutShortIsNoReply(@ForAll("replies") List<Reply> replies, @ForAll long seed) throws MalformedReply {
        byte[] bytes = ReplyEncoder.encode(replies);
        int cut = bytes.length == 0 ? 0 : new SplittableRandom(seed).nextInt(bytes.length);
        List<Reply> read = parseChopped(new ReplyParser(), Arrays.copyOf(bytes, cut), seed);
        assertThat(read).hasSizeLessThanOrEqualTo(replies.size()).isEqualTo(replies.subList(0, read.size()));
        if (!replies.isEmpty()) {
            assertThat(read).hasSizeLessThan(replies.size());
        }
    }

    @Property(tries = 1_000)
    void anyBytesAreReadOrRefusedAtOnce(@ForAll byte[] bytes, @ForAll long seed) {
        readOrRefuse(bytes, seed);
    }

    @Property(tries = 300)
    void damagedRepliesAreReadOrRefusedAtOnce(@ForAll("replies") List<Reply> replies, @ForAll long seed) {
        byte[] bytes = ReplyEncoder.encode(replies);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < Math.min(3, bytes.length); i++) {
            bytes[random.nextInt(bytes.length)] =
                    "*$%>~-+:_#,(=!\r\n019".getBytes(StandardCharsets.US_ASCII)[random.nextInt(19)];
        }
        readOrRefuse(bytes, seed);
    }

    private static void readOrRefuse(byte[] bytes, long seed) {
        try {
            assertThat(parseChopped(new ReplyParser(TIGHT), bytes, seed)).hasSizeLessThanOrEqualTo(bytes.length);
        } catch (MalformedReply refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    @Provide
    Arbitrary<List<Reply>> replies() {
        return Replies.some();
    }

    private static List<Reply> parseChopped(ReplyParser parser, byte[] bytes, long seed) throws MalformedReply {
        SplittableRandom random = new SplittableRandom(seed);
        List<Reply> replies = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 500));
            parser.feed(ByteBuffer.wrap(bytes, at, count));
            at += count;
            for (Optional<Reply> next = parser.next(); next.isPresent(); next = parser.next()) {
                replies.add(next.get());
            }
        }
        return replies;
    }

    private static List<Reply> parse(String text) throws MalformedReply {
        return parseChopped(new ReplyParser(TIGHT), text.getBytes(StandardCharsets.UTF_8), 1);
    }

    @Test
    void understandsTheNullsOfBothProtocolsAndSkipsAttributes() throws MalformedReply {
        assertThat(parse("$-1\r\n*-1\r\n_\r\n")).containsExactly(new Reply.Null(), new Reply.Null(), new Reply.Null());
        assertThat(parse("|1\r\n+ttl\r\n:3600\r\n:1\r\n")).containsExactly(new Reply.Int(1));
        assertThat(parse("|0\r\n:1\r\n*0\r\n")).containsExactly(new Reply.Int(1), new Reply.Array(List.of()));
        assertThat(parse("!9\r\nOOM full!\r\n")).containsExactly(new Reply.Error("OOM full!"));
    }

    @Test
    void refusesWhatIsBeyondTheLimits() {
        assertThatThrownBy(() -> parse("$1001\r\n")).hasMessageContaining("beyond the limit");
        assertThatThrownBy(() -> parse("*1001\r\n")).hasMessageContaining("beyond the limit");
        assertThatThrownBy(() -> parse("%501\r\n")).hasMessageContaining("beyond the limit");
        assertThatThrownBy(() -> parse("*600\r\n*600\r\n")).hasMessageContaining("beyond the limit");
        assertThatThrownBy(() -> parse("*1\r\n".repeat(5))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> parse("+" + "x".repeat(300))).hasMessageContaining("longer than");
        assertThatThrownBy(() -> parse("$99999999999999999999\r\n")).isInstanceOf(MalformedReply.class);
        assertThatThrownBy(() -> parse("(" + "9".repeat(150) + "x\r\n")).hasMessageContaining("not a big number");
    }

    @Test
    void refusesAnotherProtocol() {
        assertThatThrownBy(() -> parse("HTTP/1.1 400 Bad Request\r\n\r\n"))
                .isInstanceOf(MalformedReply.class)
                .hasMessageContaining("cannot start with byte 72");
    }
}
