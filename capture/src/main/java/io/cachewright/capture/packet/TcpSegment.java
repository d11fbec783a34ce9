package io.cachewright.capture.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The TCP segment of one packet; the same object is filled for each.
final class TcpSegment {

    /// What a packet holds.
    enum Kind {
        TCP,
        /// Another protocol, or nothing that can be read.
        OTHER,
        /// A part of an IP packet; parts are not put together, as TCP hardly ever lets its packets be cut.
        FRAGMENT
    }

    private static final int TCP = 6;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    byte[] bytes = new byte[0];
    int payload;
    int payloadLength;
    /// Payload bytes that were on the wire and are not in the recording.
    int cutBytes;

    int sequence;
    int acknowledged;
    int sourcePort;
    int destinationPort;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    boolean isIpv6;
    private int flags;

    boolean isSyn() {
        return (flags & SYN) != 0;
    }

    boolean isFin() {
        return (flags & FIN) != 0;
    }

    boolean isReset() {
        return (flags & RST) != 0;
    }

    boolean hasAck() {
        return (flags & ACK) != 0;
    }

    /// Reads the packet, whose IP packet starts at `ip`.
    Kind read(Packet packet, int ip) {
        bytes = packet.bytes;
        int end = packet.offset + packet.length;
        if (ip + 20 > end) {
            return Kind.OTHER;
        }
        return switch (bytes[ip] >> 4 & 0xF) {
            case 4 -> readIpv4(packet, ip, end);
            case 6 -> readIpv6(packet, ip, end);
            default -> Kind.OTHER;
        };
    }

    private Kind readIpv4(Packet packet, int ip, int end) {
        if (bytes[ip + 9] != TCP) {
            return Kind.OTHER;
        }
        if ((unsignedShort(ip + 6) & 0x3FFF) != 0) {
            return Kind.FRAGMENT;
        }
        isIpv6 = false;
        sourceHigh = 0;
        destinationHigh = 0;
        sourceLow = integer(ip + 12) & 0xFFFF_FFFFL;
        destinationLow = integer(ip + 16) & 0xFFFF_FFFFL;
        int total = unsignedShort(ip + 2);
        return readTcp(ip + (bytes[ip] & 0xF) * 4, end, total == 0 ? wireEnd(packet) : ip + total);
    }

    private Kind readIpv6(Packet packet, int ip, int end) {
        if (ip + 40 > end) {
            return Kind.OTHER;
        }
        isIpv6 = true;
        sourceHigh = longAt(ip + 8);
        sourceLow = longAt(ip + 16);
        destinationHigh = longAt(ip + 24);
        destinationLow = longAt(ip + 32);
        int length = unsignedShort(ip + 4);
        int ipEnd = length == 0 ? wireEnd(packet) : ip + 40 + length;
        int next = bytes[ip + 6] & 0xff;
        int at = ip + 40;
        while (next != TCP) {
            switch (next) {
                // Hop-by-hop, routing and destination options say their own length.
                case 0, 43, 60 -> {
                    if (at + 8 > end) {
                        return Kind.OTHER;
                    }
                    next = bytes[at] & 0xff;
                    at += 8 * (1 + (bytes[at + 1] & 0xff));
                }
                case 44 -> {
                    return Kind.FRAGMENT;
                }
                default -> {
                    return Kind.OTHER;
                }
            }
        }
        return readTcp(at, end, ipEnd);
    }

    /// A length of 0 is that of a packet that the network card cuts later, as loopback captures have them.
    private static int wireEnd(Packet packet) {
        return packet.offset + Math.max(packet.length, Math.min(packet.originalLength, 1 << 24));
    }

    private Kind readTcp(int tcp, int end, int ipEnd) {
        if (tcp + 20 > end) {
            return Kind.OTHER;
        }
        int header = (bytes[tcp + 12] >> 4 & 0xF) * 4;
        if (header < 20 || tcp + header > ipEnd) {
            return Kind.OTHER;
        }
        sourcePort = unsignedShort(tcp);
        destinationPort = unsignedShort(tcp + 2);
        sequence = integer(tcp + 4);
        acknowledged = integer(tcp + 8);
        flags = bytes[tcp + 13];
        payload = Math.min(tcp + header, end);
        int onWire = ipEnd - (tcp + header);
        // An Ethernet frame may be padded beyond the IP packet.
        payloadLength = Math.min(onWire, end - payload);
        cutBytes = onWire - payloadLength;
        return Kind.TCP;
    }

    String source() {
        return address(sourceHigh, sourceLow, isIpv6) + ':' + sourcePort;
    }

    String destination() {
        return address(destinationHigh, destinationLow, isIpv6) + ':' + destinationPort;
    }

    private static String address(long high, long low, boolean isIpv6) {
        byte[] address = new byte[isIpv6 ? 16 : 4];
        for (int i = 0; i < address.length; i++) {
            int fromEnd = address.length - 1 - i;
            address[i] = (byte) (fromEnd >= 8 ? high >>> (8 * (fromEnd - 8)) : low >>> (8 * fromEnd));
        }
        try {
            String text = InetAddress.getByAddress(address).getHostAddress();
            return isIpv6 ? '[' + text + ']' : text;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private int unsignedShort(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private int integer(int at) {
        return unsignedShort(at) << 16 | unsignedShort(at + 2);
    }

    private long longAt(int at) {
        return (long) integer(at) << 32 | (integer(at + 4) & 0xFFFF_FFFFL);
    }
}
