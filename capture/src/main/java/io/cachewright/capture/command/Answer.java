package io.cachewright.capture.command;

/// What the server answered, as seen on the wire.
///
/// @param wireBytes bytes of the whole answer
/// @param length of a string in bytes, of an aggregate in elements; the value of an integer; else 0
/// @param serviceNanos from the last byte of the command to the first byte of its answer, as the tap saw them: with
/// a tap beside the server the server's own time and its queue, with one beside the client the network's too
/// @param transferNanos from the first byte of the answer to its last
/// @param inFlight commands of this connection that were still unanswered when this one was sent: 0 without
/// pipelining
public record Answer(
        ReplyType type, long wireBytes, long length, long serviceNanos, long transferNanos, int inFlight) {}
