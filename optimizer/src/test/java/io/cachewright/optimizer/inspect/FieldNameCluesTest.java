package io.cachewright.optimizer.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNameCluesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seq",
                "exchSeq",
                "exch_seq",
                "last-update-id",
                "lastUpdateId",
                "LASTUPDATEID",
                "u",
                "U",
                "pu",
                "book.rev",
                "REV"
            })
    void saysThatItCounts(String name) {
        assertThat(FieldNameClues.isSequence(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sequel", "price", "observer", "sequentialSize", "P", "-"})
    void saysNothingOfCounting(String name) {
        assertThat(FieldNameClues.isSequence(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ts",
                "exchTs",
                "exch_ts",
                "recv-ts",
                "date_time",
                "tradeTime",
                "E",
                "T",
                "TIMESTAMP",
                "time2Time"
            })
    void saysThatItIsATime(String name) {
        assertThat(FieldNameClues.isTime(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "timeInForce", "time_in_force", "bids", "times", "t", "e"})
    void saysNothingOfTime(String name) {
        assertThat(FieldNameClues.isTime(name)).isFalse();
    }
}
