package io.cachewright.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static Envelope full(byte[] payload) {
        return new Envelope(
                4,
                0x1234_5678,
                Optional.of(-42L),
                Optional.of(new Envelope.Loaded(200_000, 60_000)),
                List.of(new Envelope.Stamp("instrument:VOD.L", -7), new Envelope.Stamp("", Long.MAX_VALUE)),
                payload);
    }

    private static void assertSame(Envelope one, Envelope other) {
        assertThat(one).usingRecursiveComparison().isEqualTo(other);
    }

    @Property(tries = 300)
    void whatIsPutInComesOut(
            @ForAll byte[] payload, @ForAll int schema, @ForAll Optional<Long> version, @ForAll String tag) {
        // Lone surrogates have no UTF-8.
        String plain = tag.replaceAll("\\p{Cs}", "");
        Envelope envelope =
                new Envelope(7, schema, version, Optional.empty(), List.of(new Envelope.Stamp(plain, schema)), payload);
        assertSame(Envelope.open(envelope.toBytes()), envelope);
    }

    @Test
    void thatTheSourceHasNothingIsAValueToo() {
        Envelope nothing =
                new Envelope(1, 0, Optional.empty(), Optional.of(new Envelope.Loaded(1, 0)), List.of(), null);
        assertSame(Envelope.open(nothing.toBytes()), nothing);
        assertThat(Envelope.open(nothing.toBytes()).payload()).isNull();
    }

    @Test
    void everyFlippedBitAndEveryCutIsNoticed() {
        byte[] sound = full("61686.25".getBytes(StandardCharsets.UTF_8)).toBytes();
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Envelope.open(flipped)).isInstanceOf(MalformedBytes.class);
        }
        for (int length = 0; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> Envelope.open(cut)).isInstanceOf(MalformedBytes.class);
        }
    }

    /// Past the checksum, too: what an attacker or a broken writer makes, not what a bad disk does.
    @Test
    void bytesFromAnywhereAreRefusedWithoutAnyOtherError() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] sound = full(new byte[20]).toBytes();
        for (int i = 0; i < 200_000; i++) {
            byte[] mutated = sound.clone();
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                mutated[random.nextInt(3, mutated.length - 4)] = (byte) random.nextInt();
            }
            CRC32C crc = new CRC32C();
            crc.update(mutated, 0, mutated.length - 4);
            for (int b = 0; b < 4; b++) {
                mutated[mutated.length - 4 + b] = (byte) (crc.getValue() >>> (24 - 8 * b));
            }
            try {
                Envelope.open(mutated);
            } catch (MalformedBytes expected) {
                assertThat(expected.getStackTrace()).isEmpty();
            }
        }
    }

    @Test
    void aNewerWireVersionIsRefusedByItsNumber() {
        byte[] newer = full(new byte[0]).toBytes();
        newer[2] = 9;
        assertThatThrownBy(() -> Envelope.open(newer)).hasMessageContaining("wire version 9; known is 1");
    }

    @Test
    void noTextIsTakenForAnEnvelope() {
        for (int first = 0; first < 0x110000; first += first < 0x3000 ? 1 : 0x100) {
            if (!Character.isBmpCodePoint(first) || !Character.isSurrogate((char) first)) {
                byte[] text = (Character.toString(first) + "W").getBytes(StandardCharsets.UTF_8);
                assertThat(Envelope.isEnvelope(text)).isFalse();
            }
        }
    }
}
