package io.cachewright.capture;

import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.MalformedCapture;
import io.cachewright.capture.monitor.MonitorCapture;
import io.cachewright.capture.packet.PacketCapture;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/// Opens captures, whatever their kind: the door of this module.
///
/// ```java
/// Capture capture = Captures.open(Path.of("open.pcapng"));
/// Coverage coverage = capture.read(command -> …);
/// ```
public final class Captures {

    private static final int HEAD_BYTES = 512;

    private Captures() {}

    /// How a file is read.
    ///
    /// @param limits what is kept of each command
    /// @param serverPorts of packet captures only: ports on which servers listen; empty for every connection
    /// @param progress is told, every now and then, how many bytes of the file were read
    public record Options(CaptureLimits limits, Set<Integer> serverPorts, LongConsumer progress) {

        public static final Options DEFAULT = new Options(CaptureLimits.ANALYSIS, Set.of(), _ -> {});

        public Options {
            serverPorts = Set.copyOf(serverPorts);
        }

        public Options withLimits(CaptureLimits newLimits) {
            return new Options(newLimits, serverPorts, progress);
        }

        public Options withServerPorts(Set<Integer> newServerPorts) {
            return new Options(limits, newServerPorts, progress);
        }

        public Options withProgress(LongConsumer newProgress) {
            return new Options(limits, serverPorts, newProgress);
        }
    }

    public static Capture open(Path file) throws IOException {
        return open(file, Options.DEFAULT);
    }

    /// Looks at the first bytes of `file` (which may be compressed with gzip) and opens what they announce: a packet
    /// capture or the output of MONITOR.
    ///
    /// @throws MalformedCapture when it is neither
    public static Capture open(Path file, Options options) throws IOException {
        byte[] head;
        try (InputStream input = bytesOf(file, _ -> {})) {
            head = input.readNBytes(HEAD_BYTES);
        }
        String name = file.toString();
        return switch (kindOf(head)) {
            case PACKETS ->
                new PacketCapture(
                        () -> bytesOf(file, options.progress()), name, options.limits(), options.serverPorts());
            case MONITOR -> new MonitorCapture(() -> bytesOf(file, options.progress()), options.limits());
            case UNKNOWN ->
                throw new MalformedCapture(
                        name, 0, "neither a packet capture (pcap, pcapng) nor the output of MONITOR");
        };
    }

    private enum Kind {
        PACKETS,
        MONITOR,
        UNKNOWN
    }

    private static Kind kindOf(byte[] head) {
        if (head.length >= 4) {
            int magic = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | (head[3] & 0xff);
            if (PacketCapture.isMagic(magic)) {
                return Kind.PACKETS;
            }
        }
        boolean isMonitor = new String(head, StandardCharsets.ISO_8859_1)
                .lines()
                .limit(3)
                .anyMatch(
                        line -> line.equals("OK") || line.equals("+OK") || line.matches("\\+?\\d+\\.\\d+ \\[\\d+ .*"));
        return isMonitor ? Kind.MONITOR : Kind.UNKNOWN;
    }

    private static InputStream bytesOf(Path file, LongConsumer progress) throws IOException {
        InputStream plain = new BufferedInputStream(new Counted(Files.newInputStream(file), progress), 64 << 10);
        plain.mark(2);
        boolean isGzip = plain.read() == 0x1F && plain.read() == 0x8B;
        plain.reset();
        return isGzip ? new GZIPInputStream(plain, 64 << 10) : plain;
    }
}
