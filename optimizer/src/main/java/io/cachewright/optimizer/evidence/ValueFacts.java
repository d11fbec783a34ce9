package io.cachewright.optimizer.evidence;

import java.util.List;
import java.util.Optional;

/// What a bounded look at a value told: at most [#ELEMENTS_LOOKED_AT_MAX] elements, or the first and last bytes of a
/// string. Only facts are kept, never the content.
///
/// @param elementsLooked how many elements (fields, members, entries; 1 for a string) were looked at
/// @param form how the string, or most of the elements, are written
/// @param longestElementBytes of fields, members or values
/// @param fieldNames up to 32 field names of a hash or of a stream's newest entry, or attribute names of a JSON object
/// @param zeroShare share of numeric values (of a hash) or quantities that are zero
/// @param fractionShare share of numeric values or members written with a decimal point or an exponent
/// @param significantDigitsMax most significant digits of any number seen; more than 15 do not survive a double
/// @param jsonShare share of elements that are JSON documents
/// @param numericMemberShare share of set or zset members that are bare numbers
/// @param pairMemberShare share of members made of two numbers and a separator, such as `61686.25:0.4`
/// @param hasSequence whether a field or attribute reads like a sequence (`seq`, `u`, `lastUpdateId`, `rev` …)
/// @param hasTimestamp whether one reads like an exchange or receive time
/// @param scores facts of a sorted set's scores
/// @param stream facts of a stream
public record ValueFacts(
        int elementsLooked,
        Form form,
        long longestElementBytes,
        List<String> fieldNames,
        double zeroShare,
        double fractionShare,
        int significantDigitsMax,
        double jsonShare,
        double numericMemberShare,
        double pairMemberShare,
        boolean hasSequence,
        boolean hasTimestamp,
        Optional<Scores> scores,
        Optional<Stream> stream) {

    public static final int ELEMENTS_LOOKED_AT_MAX = 128;

    /// How a value is written.
    public enum Form {
        INTEGER,
        DECIMAL,
        JSON,
        TEXT,
        JAVA_SERIALIZED,
        PICKLE,
        COMPRESSED,
        BINARY,
        EMPTY
    }

    /// Scores of the members looked at.
    ///
    /// @param distinct how many different scores
    /// @param beyondExactIntegers scores above 2^53 in absolute value
    /// @param fractional scores with a fraction
    /// @param packedTime scores with 15 or more significant digits and a fraction: a time packed beside a price
    /// @param timeLike scores that read as a time since 1970 in s, ms, µs or ns
    public record Scores(int distinct, int beyondExactIntegers, int fractional, int packedTime, int timeLike) {}

    /// XINFO STREAM and GROUPS, bounded.
    ///
    /// @param groups consumer groups
    /// @param pending entries delivered and not acknowledged, over all groups
    /// @param lag entries not yet delivered to the slowest group; −1 when the server cannot tell
    public record Stream(long length, int groups, long pending, long lag) {}

    public ValueFacts {
        fieldNames = List.copyOf(fieldNames);
    }
}
