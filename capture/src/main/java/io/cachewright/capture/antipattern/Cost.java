package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Answer;

/// What a mistake costs beyond what the right way would.
///
/// @param roundTrips between client and server
/// @param bytes on the wire
/// @param nanos of time on the wire, where the capture shows it; else 0
public record Cost(long roundTrips, long bytes, long nanos) {

    static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost other) {
        return new Cost(roundTrips + other.roundTrips, bytes + other.bytes, nanos + other.nanos);
    }

    /// The whole of one command and its answer.
    static Cost of(Observed command) {
        return new Cost(
                1,
                command.command().requestBytes()
                        + command.answer().map(Answer::wireBytes).orElse(0L),
                command.answer().map(Answer::serviceNanos).orElse(0L));
    }
}
