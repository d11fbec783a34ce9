package io.cachewright.lab.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What a server answers to one command, in RESP2 or RESP3. An error reply is a value like any other: whoever asked
/// knows whether it may happen.
public sealed interface Reply {

    /// A status such as `OK` or `PONG`.
    record Simple(String text) implements Reply {}

    /// A refusal, for example `NOAUTH Authentication required.`
    // The protocol calls it so, and it is always written `Reply.Error`.
    @SuppressWarnings("AvoidCommonTypeNames")
    record Error(String message) implements Reply {

        /// Its first word, by which clients tell errors apart: `OOM`, `LOADING`, `WRONGTYPE`.
        public String prefix() {
            int end = message.indexOf(' ');
            return end < 0 ? message : message.substring(0, end);
        }
    }

    record Int(long value) implements Reply {}

    /// A string of bytes. Callers must not change the array.
    // Equality is by content, below; a wrapper around each string would double the work of reading it.
    @SuppressWarnings("ArrayRecordComponent")
    record Bulk(byte[] bytes) implements Reply {

        @Override
        public boolean equals(Object other) {
            return other instanceof Bulk(byte[] others) && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Bulk[" + new String(bytes, StandardCharsets.UTF_8) + "]";
        }
    }

    /// No value: the null bulk and null array of RESP2, the null of RESP3.
    record Null() implements Reply {}

    record Array(List<Reply> elements) implements Reply {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    /// RESP3: keys and values in turn, in the order of the wire.
    record Map(List<Reply> keysAndValues) implements Reply {
        public Map {
            keysAndValues = List.copyOf(keysAndValues);
            if (keysAndValues.size() % 2 != 0) {
                throw new IllegalArgumentException("a map has a value for each key");
            }
        }
    }

    /// RESP3: a set, in the order of the wire.
    record Set(List<Reply> elements) implements Reply {
        public Set {
            elements = List.copyOf(elements);
        }
    }

    /// RESP3: a floating-point number.
    record Decimal(double value) implements Reply {}

    /// RESP3: a boolean.
    record Bool(boolean value) implements Reply {}

    /// RESP3: an integer beyond 64 bits.
    record BigNumber(BigInteger value) implements Reply {}

    /// RESP3: a text with its format, `txt` or `mkd`.
    record Verbatim(String format, String text) implements Reply {}

    /// RESP3: a message that answers no command, such as an invalidation.
    record Push(List<Reply> elements) implements Reply {
        public Push {
            elements = List.copyOf(elements);
        }
    }

    /// The reply as text: of strings, statuses and numbers.
    ///
    /// @throws IllegalStateException for a reply that is no single text, and with the server's message for an error
    default String text() {
        return switch (this) {
            case Simple(String text) -> text;
            case Bulk(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Verbatim(String _, String text) -> text;
            case Int(long value) -> Long.toString(value);
            case Decimal(double value) -> Double.toString(value);
            case BigNumber(BigInteger value) -> value.toString();
            case Bool(boolean value) -> Boolean.toString(value);
            case Error(String message) -> throw new IllegalStateException("the server answered " + message);
            case Null _, Array _, Map _, Set _, Push _ -> throw new IllegalStateException("no text: " + this);
        };
    }

    /// The reply as an integer: of integers and of texts that are one.
    ///
    /// @throws IllegalStateException for any other reply
    default long integer() {
        if (this instanceof Int(long value)) {
            return value;
        }
        String text = text();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalStateException("no integer: " + text, notANumber);
        }
    }

    /// The parts of an array, set, map (keys and values in turn) or push; none for null.
    ///
    /// @throws IllegalStateException for any other reply
    default List<Reply> elements() {
        return switch (this) {
            case Array(List<Reply> elements) -> elements;
            case Set(List<Reply> elements) -> elements;
            case Push(List<Reply> elements) -> elements;
            case Map(List<Reply> keysAndValues) -> keysAndValues;
            case Null _ -> List.of();
            case Error(String message) -> throw new IllegalStateException("the server answered " + message);
            case Simple _, Int _, Bulk _, Decimal _, Bool _, BigNumber _, Verbatim _ ->
                throw new IllegalStateException("no elements: " + this);
        };
    }

    default boolean isError() {
        return this instanceof Error;
    }

    /// This reply unless it is an error.
    ///
    /// @throws IllegalStateException with the server's message
    default Reply orThrow() {
        if (this instanceof Error(String message)) {
            throw new IllegalStateException("the server answered " + message);
        }
        return this;
    }
}
