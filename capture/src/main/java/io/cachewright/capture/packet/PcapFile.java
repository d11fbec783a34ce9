package io.cachewright.capture.packet;

import io.cachewright.capture.command.Coverage;
import java.io.IOException;

/// The classic format: a header of 24 bytes, then each packet after a header of 16. The first four bytes tell the
/// byte order and whether fractions of seconds are micro- or nanoseconds.
/// Source: draft-ietf-opsawg-pcap.
final class PcapFile implements PacketFile {

    private static final int MICROS = 0xA1B2C3D4;
    private static final int NANOS = 0xA1B23C4D;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int PACKET_HEADER_BYTES = 16;
    /// The larger of what tools ever set as the longest packet; a longer one is damage.
    private static final int PACKET_BYTES_MAX = 1 << 20;

    private final ByteInput input;
    private final Coverage.Notes notes;
    private final boolean isBig;
    private final boolean hasNanos;
    private final int linkType;

    private PcapFile(ByteInput input, Coverage.Notes notes, boolean isBig, boolean hasNanos, int linkType) {
        this.input = input;
        this.notes = notes;
        this.isBig = isBig;
        this.hasNanos = hasNanos;
        this.linkType = linkType;
    }

    static boolean isMagic(int bigEndian) {
        int little = Integer.reverseBytes(bigEndian);
        return bigEndian == MICROS || bigEndian == NANOS || little == MICROS || little == NANOS;
    }

    static PcapFile open(ByteInput input, Coverage.Notes notes) throws IOException {
        int magic = input.integer(0, true);
        boolean isBig = magic == MICROS || magic == NANOS;
        boolean hasNanos = magic == NANOS || Integer.reverseBytes(magic) == NANOS;
        if (!input.has(FILE_HEADER_BYTES)) {
            throw input.malformed("the file ends inside its header");
        }
        // The upper bits tell of frame check sequences, which are behind the IP packet and so in nobody's way.
        int linkType = input.integer(20, isBig) & 0xFFFF;
        input.skip(FILE_HEADER_BYTES);
        return new PcapFile(input, notes, isBig, hasNanos, linkType);
    }

    @Override
    public boolean next(Packet packet) throws IOException {
        if (!input.has(PACKET_HEADER_BYTES)) {
            if (input.available() > 0) {
                notes.add("the recording ends inside a packet", "byte " + input.offset());
            }
            return false;
        }
        long seconds = input.integer(0, isBig) & 0xFFFF_FFFFL;
        long fraction = input.integer(4, isBig) & 0xFFFF_FFFFL;
        int captured = input.integer(8, isBig);
        int original = input.integer(12, isBig);
        if (captured < 0 || captured > PACKET_BYTES_MAX) {
            throw input.malformed("a packet of " + (captured & 0xFFFF_FFFFL) + " bytes is longer than any");
        }
        if (!input.has(PACKET_HEADER_BYTES + captured)) {
            notes.add("the recording ends inside a packet", "byte " + input.offset());
            return false;
        }
        packet.bytes = input.array();
        packet.offset = input.position() + PACKET_HEADER_BYTES;
        packet.length = captured;
        packet.originalLength = Math.max(captured, original);
        packet.timeNanos = seconds * 1_000_000_000L + (hasNanos ? fraction : fraction * 1_000);
        packet.linkType = linkType;
        input.skip(PACKET_HEADER_BYTES + captured);
        return true;
    }

    @Override
    public long clockResolutionNanos() {
        return hasNanos ? 1 : 1_000;
    }
}
