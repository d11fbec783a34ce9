package io.cachewright.capture.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Writes segments as files of packets, in any of the forms that the reader knows; written from the formats' own
/// descriptions, apart from the reader.
final class PacketWriter {

    static final int SERVER_PORT = 6379;

    /// Of the file.
    enum Format {
        PCAP_MICROS,
        PCAP_NANOS,
        PCAPNG_MICROS,
        PCAPNG_NANOS,
        PCAPNG_BINARY;

        boolean isPcapng() {
            return this == PCAPNG_MICROS || this == PCAPNG_NANOS || this == PCAPNG_BINARY;
        }

        long resolutionNanos() {
            return switch (this) {
                case PCAP_MICROS, PCAPNG_MICROS -> 1_000;
                case PCAP_NANOS, PCAPNG_NANOS, PCAPNG_BINARY -> 1;
            };
        }
    }

    /// Of the link.
    enum Link {
        ETHERNET(1),
        VLAN(1),
        DOUBLE_VLAN(1),
        COOKED(113),
        COOKED_2(276),
        RAW(101),
        NULL(0),
        LOOP(108);

        final int type;

        Link(int type) {
            this.type = type;
        }
    }

    private final Format format;
    private final ByteOrder order;
    private final Link link;
    private final boolean isIpv6;
    private final int cutAt;

    PacketWriter(Format format, ByteOrder order, Link link, boolean isIpv6) {
        this(format, order, link, isIpv6, 262_144);
    }

    /// @param cutAt bytes of a packet that are recorded
    PacketWriter(Format format, ByteOrder order, Link link, boolean isIpv6, int cutAt) {
        this.format = format;
        this.order = order;
        this.link = link;
        this.isIpv6 = isIpv6;
        this.cutAt = cutAt;
    }

    static byte[] plain(List<Tap.Segment> segments) {
        return new PacketWriter(Format.PCAP_NANOS, ByteOrder.LITTLE_ENDIAN, Link.ETHERNET, false).write(segments);
    }

    byte[] write(List<Tap.Segment> segments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (format.isPcapng()) {
            section(out);
        } else {
            out.writeBytes(buffer(24)
                    .putInt(format == Format.PCAP_NANOS ? 0xA1B23C4D : 0xA1B2C3D4)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(cutAt)
                    .putInt(link.type)
                    .array());
        }
        for (Tap.Segment segment : segments) {
            packet(out, segment.timeNanos(), frame(segment));
        }
        return out.toByteArray();
    }

    private static byte[] bytesOf(ByteBuffer whole) {
        byte[] bytes = new byte[whole.capacity()];
        whole.duplicate().clear().get(bytes);
        return bytes;
    }

    private ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    private void section(ByteArrayOutputStream out) {
        out.writeBytes(buffer(28)
                .putInt(0x0A0D0D0A)
                .putInt(28)
                .putInt(0x1A2B3C4D)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1)
                .putInt(28)
                .array());
        // A block of a type that nobody knows, an interface that is not used, and then the one that is.
        out.writeBytes(buffer(16).putInt(0x0BAD).putInt(16).putInt(0).putInt(16).array());
        interfaceBlock(out, 147, (byte) 6);
        byte resolution = switch (format) {
            case PCAPNG_NANOS -> 9;
            case PCAPNG_BINARY -> (byte) (0x80 | 30);
            default -> 6;
        };
        interfaceBlock(out, link.type, resolution);
    }

    private void interfaceBlock(ByteArrayOutputStream out, int linkType, byte resolution) {
        out.writeBytes(buffer(32)
                .putInt(1)
                .putInt(32)
                .putShort((short) linkType)
                .putShort((short) 0)
                .putInt(cutAt)
                .putShort((short) 9)
                .putShort((short) 1)
                .put(resolution)
                .put(new byte[3])
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(32)
                .array());
    }

    private void packet(ByteArrayOutputStream out, long timeNanos, byte[] frame) {
        int captured = Math.min(frame.length, cutAt);
        if (format.isPcapng()) {
            int padded = (captured + 3) / 4 * 4;
            long units = switch (format) {
                case PCAPNG_NANOS -> timeNanos;
                case PCAPNG_BINARY ->
                    ((timeNanos / 1_000_000_000) << 30)
                            + (((timeNanos % 1_000_000_000) << 30) + 999_999_999) / 1_000_000_000;
                default -> timeNanos / 1_000;
            };
            ByteBuffer block = buffer(32 + padded);
            block.putInt(6)
                    .putInt(32 + padded)
                    .putInt(1)
                    .putInt((int) (units >>> 32))
                    .putInt((int) units)
                    .putInt(captured)
                    .putInt(frame.length)
                    .put(frame, 0, captured);
            block.position(28 + padded);
            block.putInt(32 + padded);
            out.writeBytes(bytesOf(block));
        } else {
            out.writeBytes(buffer(16)
                    .putInt((int) (timeNanos / 1_000_000_000))
                    .putInt((int) (timeNanos % 1_000_000_000 / (format == Format.PCAP_NANOS ? 1 : 1_000)))
                    .putInt(captured)
                    .putInt(frame.length)
                    .array());
            out.write(frame, 0, captured);
        }
    }

    private byte[] frame(Tap.Segment segment) {
        byte[] ip = ipPacket(segment);
        int type = isIpv6 ? 0x86DD : 0x0800;
        ByteBuffer frame = ByteBuffer.allocate(64 + ip.length);
        switch (link) {
            case ETHERNET -> frame.put(new byte[12]).putShort((short) type);
            case VLAN ->
                frame.put(new byte[12])
                        .putShort((short) 0x8100)
                        .putShort((short) 7)
                        .putShort((short) type);
            case DOUBLE_VLAN ->
                frame.put(new byte[12])
                        .putShort((short) 0x88A8)
                        .putShort((short) 7)
                        .putShort((short) 0x8100)
                        .putShort((short) 8)
                        .putShort((short) type);
            case COOKED -> frame.put(new byte[14]).putShort((short) type);
            case COOKED_2 -> frame.putShort((short) type).put(new byte[18]);
            case RAW -> {}
            case NULL, LOOP -> frame.putInt(isIpv6 ? 30 : 2);
        }
        frame.put(ip);
        if (link == Link.ETHERNET && frame.position() < 60) {
            frame.position(60);
        }
        byte[] bytes = new byte[frame.position()];
        frame.duplicate().flip().get(bytes);
        return bytes;
    }

    private byte[] ipPacket(Tap.Segment segment) {
        byte[] payload = segment.bytes();
        int tcp = 32 + payload.length;
        ByteBuffer ip;
        if (isIpv6) {
            // With a hop-by-hop header of eight bytes.
            ip = ByteBuffer.allocate(48 + tcp);
            ip.putInt(0x6000_0000).putShort((short) (8 + tcp)).put((byte) 0).put((byte) 64);
            address(ip, segment.fromClient());
            address(ip, !segment.fromClient());
            ip.put((byte) 6).put((byte) 0).put(new byte[6]);
        } else {
            ip = ByteBuffer.allocate(20 + tcp);
            ip.put((byte) 0x45).put((byte) 0).putShort((short) (20 + tcp)).putInt(0x4000);
            ip.put((byte) 64).put((byte) 6).putShort((short) 0);
            ip.putInt(segment.fromClient() ? 0x0A000007 : 0x0A000001);
            ip.putInt(segment.fromClient() ? 0x0A000001 : 0x0A000007);
        }
        ip.putShort((short) (segment.fromClient() ? segment.clientPort() : SERVER_PORT));
        ip.putShort((short) (segment.fromClient() ? SERVER_PORT : segment.clientPort()));
        ip.putInt(segment.sequence()).putInt(segment.acknowledged());
        ip.put((byte) 0x80).put((byte) segment.flags()).putShort((short) 512).putInt(0);
        ip.put(new byte[12]).put(payload);
        return ip.array();
    }

    private static void address(ByteBuffer ip, boolean isClient) {
        ip.putLong(0x2001_0DB8_0000_0000L).putLong(isClient ? 7 : 1);
    }
}
