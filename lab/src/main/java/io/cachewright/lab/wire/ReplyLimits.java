package io.cachewright.lab.wire;

/// How much of one reply is accepted, so that a peer that is no Redis server cannot exhaust memory.
///
/// @param depthMax aggregates nested in each other
/// @param elementsMax elements of all aggregates of one reply
/// @param bulkBytesMax bytes of one string
/// @param lineBytesMax bytes of one header, status or error line
public record ReplyLimits(int depthMax, int elementsMax, int bulkBytesMax, int lineBytesMax) {

    /// The server's own limit of a string (`proto-max-bulk-len`), and more elements than any sane reply has.
    public static final ReplyLimits GENEROUS = new ReplyLimits(32, 16_000_000, 512 << 20, 64 << 10);

    public ReplyLimits {
        if (depthMax < 1 || elementsMax < 1 || bulkBytesMax < 1 || lineBytesMax < 32) {
            throw new IllegalArgumentException("limits must be positive, and a line of 32 bytes or more");
        }
    }
}
