package io.cachewright.capture.packet;

/// One packet as the file holds it; the same object is filled for each packet, and its bytes are those of
/// the reader.
final class Packet {

    byte[] bytes = new byte[0];
    int offset;
    int length;
    /// On the wire; more than `length` when the recording cut packets.
    int originalLength;
    long timeNanos;
    int linkType;
}
