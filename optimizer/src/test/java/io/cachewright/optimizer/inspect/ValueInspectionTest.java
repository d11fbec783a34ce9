package io.cachewright.optimizer.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.evidence.ValueFacts.Form;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueInspectionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42 | INTEGER",
                "-7 | INTEGER",
                "61686.25 | DECIMAL",
                "1e-7 | DECIMAL",
                "hello world | TEXT",
                "2026-11-23 | TEXT",
                "{\"px\":1} | JSON",
                "[[1,2]] | JSON",
                "{not json | TEXT",
            })
    void tellsHowAStringIsWritten(String text, Form form) {
        assertThat(ofString(text).form()).isEqualTo(form);
    }

    @Test
    void knowsSerializedAndCompressedBytes() {
        assertThat(form(0xac, 0xed, 0, 5, 's', 'r')).isEqualTo(Form.JAVA_SERIALIZED);
        assertThat(form(0x80, 4, 0x95, 1)).isEqualTo(Form.PICKLE);
        assertThat(form(0x80, 6, 0x95, 1)).isEqualTo(Form.BINARY);
        assertThat(form(0x1f, 0x8b, 8, 0)).isEqualTo(Form.COMPRESSED);
        assertThat(form(0, 1, 2, 3)).isEqualTo(Form.BINARY);
        assertThat(form()).isEqualTo(Form.EMPTY);
    }

    @Test
    void readsABookInJsonEvenWhenItIsCut() {
        String book =
                "{\"lastUpdateId\":9,\"E\":1700000000000,\"bids\":[[\"61686.25\",\"0.4\"],[\"61686.00\",\"0\"]],\"asks\":[";
        ValueFacts facts = ValueInspection.ofString(book.getBytes(StandardCharsets.UTF_8), 60_000);

        assertThat(facts.form()).isEqualTo(Form.JSON);
        assertThat(facts.jsonShare()).isEqualTo(1);
        assertThat(facts.longestElementBytes()).isEqualTo(60_000);
        assertThat(facts.fieldNames()).containsExactly("lastUpdateId", "E", "bids", "asks");
        assertThat(facts.hasSequence()).isTrue();
        assertThat(facts.hasTimestamp()).isTrue();
        assertThat(facts.zeroShare()).isEqualTo(0.5);
    }

    @Test
    void countsDigitsThatADoubleLoses() {
        assertThat(ofString("0.1234567890123456789").significantDigitsMax()).isEqualTo(19);
        assertThat(ofString("1000000000000000000").significantDigitsMax()).isEqualTo(1);
        assertThat(ofString("0.000").significantDigitsMax()).isZero();
    }

    @Test
    void seesLevelsWithQuantityZeroInAHash() {
        ValueFacts facts =
                ValueInspection.ofHash(bytes("61686.25", "0.4", "61686.50", "0", "seq", "12", "recvTs", "5"));

        assertThat(facts.zeroShare()).isEqualTo(0.25);
        assertThat(facts.fractionShare()).isEqualTo(0.25);
        assertThat(facts.hasSequence()).isTrue();
        assertThat(facts.hasTimestamp()).isTrue();
    }

    @Test
    void tellsNumbersFromPairsAmongMembers() {
        ValueFacts facts = ValueInspection.ofSet(bytes("61686.25:0.4", "61686.50:0", "61687", "BTC"));

        assertThat(facts.pairMemberShare()).isEqualTo(0.5);
        assertThat(facts.numericMemberShare()).isEqualTo(0.25);
        assertThat(facts.zeroShare()).isEqualTo(0.5);
    }

    @Test
    void judgesScores() {
        ValueFacts facts = ValueInspection.ofSortedSet(bytes(
                "a",
                "61686.099999999999",
                "b",
                "9007199254740993000",
                "c",
                "1700000000000",
                "d",
                "61686.170000000001",
                "e",
                "inf",
                "f",
                "61686.1700000123"));
        ValueFacts.Scores scores = facts.scores().orElseThrow();

        assertThat(scores.distinct()).isEqualTo(6);
        assertThat(scores.beyondExactIntegers()).isEqualTo(1);
        assertThat(scores.fractional()).isEqualTo(3);
        assertThat(scores.packedTime()).isEqualTo(1);
        assertThat(scores.timeLike()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "seq, true, false", "u, true, false", "U, true, false", "lastUpdateId, true, false", "rev, true, false",
        "version, true, false", "exchTs, false, true", "recv_ts, false, true", "E, false, true", "T, false, true",
        "time, false, true", "timeInForce, false, false", "e, false, false", "price, false, false"
    })
    void readsWhatNamesGiveAway(String name, boolean isSequence, boolean isTime) {
        assertThat(FieldNameClues.isSequence(name)).isEqualTo(isSequence);
        assertThat(FieldNameClues.isTime(name)).isEqualTo(isTime);
    }

    @Property(tries = 300)
    void takesAnyBytes(@ForAll byte @Size(max = 200) [] bytes, @ForAll boolean isCut) {
        ValueFacts facts = ValueInspection.ofString(bytes, isCut ? bytes.length + 10L : bytes.length);
        assertThat(facts.zeroShare()).isBetween(0.0, 1.0);
        assertThat(facts.fractionShare()).isBetween(0.0, 1.0);
        assertThat(ValueInspection.ofSet(List.of(bytes)).elementsLooked()).isEqualTo(1);
    }

    private static ValueFacts ofString(String text) {
        return ValueInspection.ofString(text.getBytes(StandardCharsets.UTF_8), text.length());
    }

    private static Form form(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ValueInspection.ofString(bytes, bytes.length).form();
    }

    private static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
