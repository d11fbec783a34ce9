package io.cachewright.capture.packet;

import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CaptureSource;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// A file of packets, `.pcap` or `.pcapng`.
public final class PacketCapture implements Capture {

    private final CaptureSource source;
    private final String name;
    private final CaptureLimits limits;
    private final Set<Integer> serverPorts;

    /// @param name of the file, for messages
    /// @param serverPorts ports on which servers listen; when empty, every connection is looked at, and the client
    /// is the side that began it or, where that was not seen, the one that sends commands
    public PacketCapture(CaptureSource source, String name, CaptureLimits limits, Set<Integer> serverPorts) {
        this.source = source;
        this.name = name;
        this.limits = limits;
        this.serverPorts = Set.copyOf(serverPorts);
    }

    /// Whether a file that begins with these four bytes, the first one uppermost, is one of packets.
    public static boolean isMagic(int firstBytes) {
        return firstBytes == PcapngFile.SECTION_HEADER || PcapFile.isMagic(firstBytes);
    }

    @Override
    public String kind() {
        return "packet capture";
    }

    @Override
    public Coverage read(Consumer<? super CapturedCommand> commands) throws IOException {
        Coverage.Notes notes = new Coverage.Notes();
        try (InputStream stream = source.open()) {
            ByteInput input = new ByteInput(stream, name);
            PacketFile file = PacketFile.open(input, notes)
                    .orElseThrow(() -> input.malformed("neither a pcap nor a pcapng file"));
            Recording recording = new Recording(limits, notes, commands);
            Conversations conversations = new Conversations(recording, serverPorts);
            readPackets(file, recording, conversations);
            conversations.close();
            return recording.finish(input.offset(), file.clockResolutionNanos());
        }
    }

    private static void readPackets(PacketFile file, Recording recording, Conversations conversations)
            throws IOException {
        Packet packet = new Packet();
        TcpSegment segment = new TcpSegment();
        Set<Integer> unknownLinks = new HashSet<>();
        long latestNanos = Long.MIN_VALUE;
        long fragments = 0;
        long cut = 0;
        while (file.next(packet)) {
            if (!LinkLayer.isKnown(packet.linkType)) {
                if (unknownLinks.add(packet.linkType)) {
                    recording.notes().add("link types that are not read", "link type " + packet.linkType);
                }
                continue;
            }
            // Clocks of several interfaces, and clocks that are set, must not make time run backwards.
            latestNanos = Math.max(latestNanos, packet.timeNanos);
            int ip = LinkLayer.ipOffset(packet);
            if (ip == LinkLayer.NONE) {
                continue;
            }
            switch (segment.read(packet, ip)) {
                case TCP -> {
                    cut += segment.cutBytes > 0 ? 1 : 0;
                    recording.now(latestNanos);
                    conversations.segment(segment, latestNanos);
                }
                case FRAGMENT -> fragments++;
                case OTHER -> {}
            }
        }
        recording.notes().add("IP fragments, not put together", fragments);
        recording.notes().add("packets that the recording cut short", cut);
    }
}
