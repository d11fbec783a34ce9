package io.cachewright.lab.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Replies of all kinds, for properties. Drawn directly: the edge cases of nested lists are too many to combine.
public final class Replies {

    private static final int DEPTH_MAX = 4;
    private static final int PARTS_MAX = 4;

    private Replies() {}

    /// Up to six replies.
    public static Arbitrary<List<Reply>> some() {
        return Arbitraries.randomValue(random -> list(random, 6, DEPTH_MAX));
    }

    /// Up to six replies or pushed messages.
    public static Arbitrary<List<Reply>> someWithPushes() {
        return Arbitraries.randomValue(random -> list(random, 6, DEPTH_MAX).stream()
                .map(reply -> random.nextInt(6) == 0 ? new Reply.Push(List.of(reply)) : reply)
                .toList());
    }

    private static List<Reply> list(Random random, int max, int depth) {
        List<Reply> replies = new ArrayList<>();
        int count = random.nextInt(max + 1);
        for (int i = 0; i < count; i++) {
            replies.add(draw(random, depth));
        }
        return List.copyOf(replies);
    }

    private static Reply draw(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 13 : 10)) {
            case 0 -> new Reply.Simple(text(random, 30, "abc OK:*$-+"));
            case 1 -> new Reply.Error(text(random, 30, "ERR OOM:*$-+"));
            case 2 -> new Reply.Int(random.nextLong() >> random.nextInt(64));
            case 3 -> new Reply.Bulk(text(random, 300, "*$:\r\n019xäß€").getBytes(StandardCharsets.UTF_8));
            case 4 -> new Reply.Null();
            case 5 -> new Reply.Decimal(random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300)));
            case 6 ->
                new Reply.Decimal(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0)
                        .get(random.nextInt(4)));
            case 7 -> new Reply.Bool(random.nextBoolean());
            case 8 -> new Reply.BigNumber(new BigInteger(200, random).negate());
            case 9 -> new Reply.Verbatim("txt", text(random, 40, "abc: \r\näß€"));
            case 10 -> new Reply.Array(list(random, PARTS_MAX, depth - 1));
            case 11 -> new Reply.Set(list(random, PARTS_MAX, depth - 1));
            default ->
                new Reply.Map(list(random, PARTS_MAX, depth - 1).stream()
                        .flatMap(value -> List.of(new Reply.Int(random.nextInt()), value).stream())
                        .toList());
        };
    }

    private static String text(Random random, int max, String alphabet) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(max + 1);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
