package io.cachewright.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.ScaledDecimal;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.wire.Envelope;
import io.cachewright.runtime.wire.MalformedBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CodecsTest {

    enum Side {
        BID,
        ASK
    }

    record Level(long price, int quantity) {
        Level {
            if (quantity < 0) {
                throw new IllegalArgumentException("quantity below zero");
            }
        }
    }

    record Quote(
            String instrument,
            BigDecimal bid,
            ScaledDecimal ask,
            long sequence,
            Instant at,
            Side side,
            List<Level> levels,
            @Nullable String note,
            boolean isFirm,
            UUID id,
            LocalDate tradeDate,
            Duration age,
            char flag,
            short lot,
            byte venue) {}

    /// The same record one release later.
    record QuoteWithVenue(String instrument, BigDecimal bid, String venueName) {}

    record QuoteBefore(String instrument, BigDecimal bid) {}

    record Floating(String instrument, double price, List<Nested> nested) {}

    record Hidden<N extends Double>(OptionalDouble price, List<? extends Double> sizes, Map<String, N> rates) {}

    record Nested(float size, @NotMoney double volatility, Thread thread) {}

    record Volatility(
            String instrument,
            @NotMoney double implied,
            @NotMoney float skew) {}

    record Endless(String name, List<Endless> more) {}

    private static Quote quote(String text, BigInteger unscaled, int scale, long number, @Nullable String note) {
        return new Quote(
                text,
                new BigDecimal(unscaled, scale),
                new ScaledDecimal(number, 2),
                number,
                Instant.ofEpochSecond(number % 10_000_000_000L, Math.floorMod(number, 1_000_000_000)),
                number % 2 == 0 ? Side.BID : Side.ASK,
                List.of(new Level(number, 3), new Level(-number, 0)),
                note,
                number % 3 == 0,
                new UUID(number, ~number),
                LocalDate.ofEpochDay(number % 100_000),
                Duration.ofNanos(number),
                (char) number,
                (short) number,
                (byte) number);
    }

    @Property(tries = 300)
    void recordsComeBackEqual(
            @ForAll String text,
            @ForAll BigInteger unscaled,
            @ForAll @IntRange(min = -50, max = 50) int scale,
            @ForAll long number) {
        String plain = text.replaceAll("\\p{Cs}", "");
        Codec<Quote> codec = Codecs.records(Quote.class);
        for (@Nullable String note : new @Nullable String[] {null, plain}) {
            Quote quote = quote(plain, unscaled, scale, number, note);
            assertThat(codec.decode(codec.encode(quote))).isEqualTo(quote);
        }
    }

    @Test
    void compactMeansLessThanHalfOfJson() {
        Quote quote = quote("VOD.L", BigInteger.valueOf(7_210), 2, 12_345, null);
        int compact = Codecs.records(Quote.class).encode(quote).length;
        assertThat(compact).isLessThan(Codecs.json(Quote.class).encode(quote).length / 2);
    }

    @Test
    void moneyInJsonIsReadToTheLastDigit() {
        String exact = "{\"instrument\":\"VOD.L\",\"bid\":61686.250000000000000000000000001,\"new\":[1]}";
        Codec<QuoteBefore> codec = Codecs.json(QuoteBefore.class);
        QuoteBefore quote = codec.decode(exact.getBytes(StandardCharsets.UTF_8));
        assertThat(quote.bid()).isEqualTo(new BigDecimal("61686.250000000000000000000000001"));
        assertThat(new String(codec.encode(quote), StandardCharsets.UTF_8))
                .contains("61686.250000000000000000000000001");
        Object tree = Codecs.json(Map.class)
                .decode("{\"p\":0.10}".getBytes(StandardCharsets.UTF_8))
                .get("p");
        assertThat(tree).isEqualTo(new BigDecimal("0.10"));
    }

    @Test
    void binaryFloatingPointIsRefusedWithTheWayOut() {
        for (var attempt : List.<Runnable>of(() -> Codecs.records(Floating.class), () -> Codecs.json(Floating.class))) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("Floating.price is a double: money never passes through")
                    .hasMessageContaining("size is a float")
                    .hasMessageContaining("@NotMoney")
                    .hasMessageNotContaining("volatility");
        }
        assertThatThrownBy(() -> Codecs.records(Floating.class))
                .hasMessageContaining("Floating.nested[].thread is a java.lang.Thread, which has no compact form");
        assertThatThrownBy(() -> Codecs.json(Hidden.class))
                .hasMessageContaining("Hidden.price is a java.util.OptionalDouble")
                .hasMessageContaining("Hidden.sizes<> is a java.lang.Double")
                .hasMessageContaining("Hidden.rates<>");
        assertThatThrownBy(() -> Codecs.json(double.class)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Codecs.records(Endless.class)).hasMessageContaining("contains itself");
        Codec<Volatility> model = Codecs.records(Volatility.class);
        Volatility surface = new Volatility("VOD.L", 0.1875, -0.25f);
        assertThat(model.decode(model.encode(surface))).isEqualTo(surface);
    }

    // F23: class changes and poison

    @Test
    void anotherSchemaIsAMissByItsName() {
        Codec<QuoteBefore> before = Codecs.enveloped(Codecs.records(QuoteBefore.class));
        Codec<QuoteWithVenue> after = Codecs.enveloped(Codecs.records(QuoteWithVenue.class));
        byte[] old = before.encode(new QuoteBefore("VOD.L", BigDecimal.TEN));
        byte[] young = after.encode(new QuoteWithVenue("VOD.L", BigDecimal.TEN, "XLON"));
        assertThatThrownBy(() -> after.decode(old))
                .isInstanceOf(MalformedBytes.class)
                .hasMessageContaining("written as codec 4, schema");
        assertThatThrownBy(() -> before.decode(young)).isInstanceOf(MalformedBytes.class);
        assertThatThrownBy(() -> Codecs.enveloped(Codec.utf8()).decode(old)).isInstanceOf(MalformedBytes.class);
    }

    record Top(long bid, long ask) {}

    record TopTurned(long ask, long bid) {}

    /// The guard of the test above switched off.
    @Test
    void withoutTheEnvelopeAnotherSchemaIsReadAsWhatItIsNot() {
        byte[] old = Codecs.records(Top.class).encode(new Top(72_10, 72_12));
        assertThat(Codecs.records(TopTurned.class).decode(old)).isEqualTo(new TopTurned(72_10, 72_12));
        byte[] enveloped = Codecs.enveloped(Codecs.records(Top.class)).encode(new Top(72_10, 72_12));
        Codec<TopTurned> turned = Codecs.enveloped(Codecs.records(TopTurned.class));
        assertThatThrownBy(() -> turned.decode(enveloped)).isInstanceOf(MalformedBytes.class);
    }

    @Test
    void jsonReadsOverReleasesWhereItCan() {
        Codec<QuoteBefore> before = Codecs.enveloped(Codecs.json(QuoteBefore.class));
        Codec<QuoteWithVenue> after = Codecs.enveloped(Codecs.json(QuoteWithVenue.class));
        byte[] young = after.encode(new QuoteWithVenue("VOD.L", BigDecimal.TEN, "XLON"));
        assertThat(before.decode(young)).isEqualTo(new QuoteBefore("VOD.L", BigDecimal.TEN));
        byte[] old = before.encode(new QuoteBefore("VOD.L", BigDecimal.TEN));
        assertThatThrownBy(() -> after.decode(old)).hasMessageContaining("venueName");
    }

    @Test
    void plainValuesOfOtherClientsAreReadToo() {
        Codec<String> codec = Codecs.enveloped(Codec.utf8());
        assertThat(codec.decode("72.10".getBytes(StandardCharsets.UTF_8))).isEqualTo("72.10");
        assertThat(Envelope.isEnvelope(codec.encode("72.10"))).isTrue();
    }

    @Test
    void theEnvelopeCarriesTheVersionOfTheValue() {
        Codec<Quote> codec = Codecs.enveloped(Codecs.records(Quote.class).withVersion(Quote::sequence));
        byte[] bytes = codec.encode(quote("VOD.L", BigInteger.ONE, 0, 77, null));
        assertThat(Envelope.open(bytes).version()).contains(77L);
        assertThat(codec.versionOf(codec.decode(bytes))).isEqualTo(77);
    }

    /// Mutated bytes give a value or a decode error, soon, and nothing else.
    @Test
    void mutatedBytesNeverBreakOut() {
        SplittableRandom random = new SplittableRandom(7);
        Quote quote = quote("VOD.L", BigInteger.valueOf(7_210), 2, 12_345, "firm");
        for (Codec<Quote> codec : List.of(Codecs.records(Quote.class), Codecs.json(Quote.class))) {
            byte[] sound = codec.encode(quote);
            for (int i = 0; i < 20_000; i++) {
                byte[] mutated = random.nextInt(8) == 0 ? new byte[random.nextInt(40)] : sound.clone();
                for (int n = random.nextInt(1, 8); n > 0 && mutated.length > 0; n--) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                }
                try {
                    codec.decode(mutated);
                } catch (RuntimeException expected) {
                    assertThat(expected).isNotInstanceOfAny(NullPointerException.class, IllegalStateException.class);
                }
            }
        }
    }

    @Test
    void aLengthIsNotBelievedBeforeItIsChecked() {
        byte[] huge = {1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7};
        assertThatThrownBy(() -> Codecs.records(QuoteBefore.class).decode(huge)).isInstanceOf(MalformedBytes.class);
    }
}
