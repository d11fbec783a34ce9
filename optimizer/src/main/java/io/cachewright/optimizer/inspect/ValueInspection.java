package io.cachewright.optimizer.inspect;

import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.evidence.ValueFacts.Scores;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes [ValueFacts] of the part of a value that was read. Pure: bytes in, facts out.
public final class ValueInspection {

    /// Integers beyond this are not all representable in a double.
    private static final double EXACT_INTEGER_MAX = 1L << 53;

    /// Digits that a double holds for certain; a score that uses them all and has a fraction holds two numbers.
    private static final int PACKED_DIGITS_MIN = 15;

    /// 2010 and 2040: scores between are taken for times.
    private static final double TIME_SECONDS_MIN = 1_262_304_000;

    private static final double TIME_SECONDS_MAX = 2_208_988_800.0;

    private ValueInspection() {}

    /// The beginning of a string of `length` bytes.
    public static ValueFacts ofString(byte[] head, long length) {
        ValueTally tally = new ValueTally();
        if (length > 0) {
            tally.takeValue(head, length);
        }
        return tally.facts(Optional.empty(), Optional.empty());
    }

    public static ValueFacts ofList(List<byte[]> elements) {
        ValueTally tally = new ValueTally();
        elements.forEach(element -> tally.takeValue(element, element.length));
        return tally.facts(Optional.empty(), Optional.empty());
    }

    public static ValueFacts ofSet(List<byte[]> members) {
        ValueTally tally = new ValueTally();
        members.forEach(tally::takeMember);
        return tally.facts(Optional.empty(), Optional.empty());
    }

    /// Fields and values in turn.
    public static ValueFacts ofHash(List<byte[]> fieldsAndValues) {
        return ofFields(fieldsAndValues, Optional.empty());
    }

    /// The newest entry's fields and values in turn.
    public static ValueFacts ofStream(List<byte[]> fieldsAndValues, ValueFacts.Stream stream) {
        return ofFields(fieldsAndValues, Optional.of(stream));
    }

    private static ValueFacts ofFields(List<byte[]> fieldsAndValues, Optional<ValueFacts.Stream> stream) {
        ValueTally tally = new ValueTally();
        for (int i = 0; i + 1 < fieldsAndValues.size(); i += 2) {
            tally.takeField(fieldsAndValues.get(i));
            tally.takeValue(fieldsAndValues.get(i + 1), fieldsAndValues.get(i + 1).length);
        }
        return tally.facts(Optional.empty(), stream);
    }

    /// Members and scores in turn.
    public static ValueFacts ofSortedSet(List<byte[]> membersAndScores) {
        ValueTally tally = new ValueTally();
        Set<Double> distinct = new HashSet<>();
        int beyondExact = 0;
        int fractional = 0;
        int packed = 0;
        int timeLike = 0;
        for (int i = 0; i + 1 < membersAndScores.size(); i += 2) {
            tally.takeMember(membersAndScores.get(i));
            double score = Double.parseDouble(score(membersAndScores.get(i + 1)));
            distinct.add(score);
            beyondExact += Math.abs(score) > EXACT_INTEGER_MAX && !Double.isInfinite(score) ? 1 : 0;
            fractional += isFractional(score) ? 1 : 0;
            packed += isFractional(score) && digits(score) >= PACKED_DIGITS_MIN ? 1 : 0;
            timeLike += isTimeLike(score) ? 1 : 0;
        }
        return tally.facts(
                Optional.of(new Scores(distinct.size(), beyondExact, fractional, packed, timeLike)), Optional.empty());
    }

    /// Java spells infinity out.
    private static String score(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII).replace("inf", "Infinity");
    }

    private static boolean isFractional(double score) {
        return !Double.isInfinite(score) && score != Math.rint(score);
    }

    /// Of the shortest decimal that means the same double: older servers print 17 digits of any score.
    private static int digits(double score) {
        return BigDecimal.valueOf(score).stripTrailingZeros().precision();
    }

    /// In seconds, milliseconds, microseconds or nanoseconds since 1970.
    private static boolean isTimeLike(double score) {
        for (double unit = 1; unit <= 1e9; unit *= 1e3) {
            if (score >= TIME_SECONDS_MIN * unit && score < TIME_SECONDS_MAX * unit) {
                return true;
            }
        }
        return false;
    }
}
