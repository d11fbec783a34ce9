package io.cachewright.capture.command;

import java.util.Optional;

/// One command that a client sent, or that a script ran.
///
/// @param timeNanos nanoseconds since 1970: when the server had it whole (packets) or ran it (MONITOR)
/// @param database the number of the database, or [#DATABASE_UNKNOWN]
/// @param requestBytes its bytes on the wire; where only MONITOR saw it, the bytes of its usual encoding
/// @param answer what came back; empty where the source does not show it or part of it was lost
public record CapturedCommand(
        long timeNanos, Client client, int database, Arguments arguments, long requestBytes, Optional<Answer> answer) {

    /// The connection was under way when the capture began, and has not selected a database since.
    public static final int DATABASE_UNKNOWN = -1;
}
