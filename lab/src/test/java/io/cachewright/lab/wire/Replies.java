package io.cachewright.lab.wire;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Replies of all kinds, for properties.
public final class Replies {

    private Replies() {}

    public static Arbitrary<Reply> any() {
        return Arbitraries.lazyOf(
                Replies::leaf,
                Replies::leaf,
                Replies::leaf,
                () -> parts(4).map(Reply.Array::new),
                () -> parts(4).map(Reply.Set::new),
                () -> parts(3).map(Replies::paired));
    }

    public static Arbitrary<Reply> push() {
        return leaf().list().ofMinSize(1).ofMaxSize(3).map(Reply.Push::new);
    }

    private static Arbitrary<List<Reply>> parts(int max) {
        return any().list().ofMaxSize(max);
    }

    private static Reply paired(List<Reply> values) {
        return new Reply.Map(values.stream()
                .flatMap(value -> List.of(new Reply.Int(values.indexOf(value)), value).stream())
                .toList());
    }

    private static Arbitrary<Reply> leaf() {
        Arbitrary<String> line =
                Arbitraries.strings().ascii().excludeChars('\r', '\n').ofMaxLength(30);
        Arbitrary<String> text =
                Arbitraries.strings().alpha().withChars("äß€ \r\n").ofMaxLength(40);
        return Arbitraries.oneOf(
                line.map(Reply.Simple::new),
                line.map(Reply.Error::new),
                Arbitraries.longs().map(Reply.Int::new),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Reply.Bulk::new),
                Arbitraries.just(new Reply.Null()),
                Arbitraries.doubles().map(Reply.Decimal::new),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                        .map(Reply.Decimal::new),
                Arbitraries.of(true, false).map(Reply.Bool::new),
                Arbitraries.bigIntegers().map(Reply.BigNumber::new),
                text.map(content -> new Reply.Verbatim("txt", content)));
    }
}
