package io.cachewright.capture.packet;

import io.cachewright.capture.command.Coverage;
import java.io.IOException;
import java.util.Optional;

/// A file of packets.
interface PacketFile {

    /// Fills `packet` with the next one.
    ///
    /// @return false at the end; a file that ends inside a packet is noted, as recordings are often cut off
    boolean next(Packet packet) throws IOException;

    /// The coarsest clock of the packets read so far.
    long clockResolutionNanos();

    /// The reader for what the first bytes of `input` announce; empty when they are of neither format.
    static Optional<PacketFile> open(ByteInput input, Coverage.Notes notes) throws IOException {
        if (!input.has(4)) {
            return Optional.empty();
        }
        int magic = input.integer(0, true);
        if (magic == PcapngFile.SECTION_HEADER) {
            return Optional.of(new PcapngFile(input, notes));
        }
        return PcapFile.isMagic(magic) ? Optional.of(PcapFile.open(input, notes)) : Optional.empty();
    }
}
