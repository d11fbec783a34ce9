package io.cachewright.capture.packet;

import io.cachewright.capture.command.Coverage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The newer format: blocks of a type and a length each. Sections may differ in byte order, interfaces in link type
/// and in the resolution of their clocks; blocks of other types are skipped.
/// Source: draft-ietf-opsawg-pcapng.
final class PcapngFile implements PacketFile {

    static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final int INTERFACES_MAX = 1 << 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ByteInput input;
    private final Coverage.Notes notes;
    private final List<Interface> interfaces = new ArrayList<>();
    private boolean isBig;
    private long clockResolutionNanos = 1;

    /// @param unitsPerSecond of its timestamps
    private record Interface(int linkType, long unitsPerSecond, long offsetSeconds) {

        long nanos(long units) {
            long seconds = Long.divideUnsigned(units, unitsPerSecond);
            long rest = Long.remainderUnsigned(units, unitsPerSecond);
            long nanos = unitsPerSecond <= NANOS_PER_SECOND
                    ? rest * NANOS_PER_SECOND / unitsPerSecond
                    : (long) ((double) rest / unitsPerSecond * NANOS_PER_SECOND);
            return (seconds + offsetSeconds) * NANOS_PER_SECOND + nanos;
        }

        long resolutionNanos() {
            return Math.max(1, NANOS_PER_SECOND / unitsPerSecond);
        }
    }

    PcapngFile(ByteInput input, Coverage.Notes notes) {
        this.input = input;
        this.notes = notes;
    }

    @Override
    public boolean next(Packet packet) throws IOException {
        while (input.has(12)) {
            int type = input.integer(0, isBig);
            if (type == SECTION_HEADER) {
                int order = input.integer(8, true);
                if (order != BYTE_ORDER && Integer.reverseBytes(order) != BYTE_ORDER) {
                    throw input.malformed("a section without a byte order mark");
                }
                isBig = order == BYTE_ORDER;
                interfaces.clear();
            }
            int length = input.integer(4, isBig);
            if (length < 12 || length % 4 != 0 || length > ByteInput.STRETCH_MAX) {
                throw input.malformed("a block of " + (length & 0xFFFF_FFFFL) + " bytes cannot be");
            }
            if (!input.has(length)) {
                break;
            }
            boolean isPacket = switch (type) {
                case INTERFACE -> addInterface(length);
                case ENHANCED_PACKET -> enhanced(packet, length);
                case SIMPLE_PACKET -> skipped("packets without a time");
                case OBSOLETE_PACKET -> skipped("packets in obsolete blocks");
                default -> false;
            };
            input.skip(length);
            if (isPacket) {
                return true;
            }
        }
        if (input.available() > 0) {
            notes.add("the recording ends inside a packet", "byte " + input.offset());
        }
        return false;
    }

    private boolean addInterface(int length) throws IOException {
        if (length < 20 || interfaces.size() == INTERFACES_MAX) {
            throw input.malformed("an interface cannot be described in " + length + " bytes");
        }
        int linkType = input.unsignedShort(8, isBig);
        long unitsPerSecond = 1_000_000;
        long offsetSeconds = 0;
        int at = 16;
        while (at + 4 <= length - 4) {
            int code = input.unsignedShort(at, isBig);
            int size = input.unsignedShort(at + 2, isBig);
            if (code == 0 || at + 4 + size > length - 4) {
                break;
            }
            if (code == OPTION_RESOLUTION && size >= 1) {
                unitsPerSecond = unitsPerSecond(input.array()[input.position() + at + 4]);
            } else if (code == OPTION_OFFSET && size >= 8) {
                offsetSeconds = longAt(at + 4);
            }
            at += 4 + (size + 3) / 4 * 4;
        }
        if (Math.abs(offsetSeconds) > Long.MAX_VALUE / NANOS_PER_SECOND / 2) {
            throw input.malformed("an interface whose clock is off by " + offsetSeconds + " s");
        }
        interfaces.add(new Interface(linkType, unitsPerSecond, offsetSeconds));
        return false;
    }

    private long unitsPerSecond(byte resolution) throws IOException {
        int exponent = resolution & 0x7F;
        boolean isBinary = resolution < 0;
        if (exponent > (isBinary ? 62 : 18)) {
            throw input.malformed("a clock with steps of " + (isBinary ? "2" : "10") + "^-" + exponent + " s");
        }
        return isBinary ? 1L << exponent : (long) Math.pow(10, exponent);
    }

    private long longAt(int ahead) {
        long first = input.integer(ahead, isBig) & 0xFFFF_FFFFL;
        long second = input.integer(ahead + 4, isBig) & 0xFFFF_FFFFL;
        return isBig ? first << 32 | second : second << 32 | first;
    }

    private boolean enhanced(Packet packet, int length) throws IOException {
        if (length < 32) {
            throw input.malformed("a packet cannot be in a block of " + length + " bytes");
        }
        int number = input.integer(8, isBig);
        if (number < 0 || number >= interfaces.size()) {
            throw input.malformed("a packet of interface " + number + " that was not described");
        }
        Interface from = interfaces.get(number);
        long units = (input.integer(12, isBig) & 0xFFFF_FFFFL) << 32 | (input.integer(16, isBig) & 0xFFFF_FFFFL);
        int captured = input.integer(20, isBig);
        if (captured < 0 || captured > length - 32) {
            throw input.malformed("a packet is longer than its block");
        }
        packet.bytes = input.array();
        packet.offset = input.position() + 28;
        packet.length = captured;
        packet.originalLength = Math.max(captured, input.integer(24, isBig));
        packet.timeNanos = from.nanos(units);
        packet.linkType = from.linkType();
        clockResolutionNanos = Math.max(clockResolutionNanos, from.resolutionNanos());
        return true;
    }

    private boolean skipped(String what) {
        notes.add(what, 1);
        return false;
    }

    @Override
    public long clockResolutionNanos() {
        return clockResolutionNanos;
    }
}
