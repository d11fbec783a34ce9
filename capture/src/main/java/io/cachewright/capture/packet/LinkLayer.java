package io.cachewright.capture.packet;

/// Finds the IP packet within what a link carries. Link types are those of tcpdump.org/linktypes.html.
final class LinkLayer {

    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int RAW = 101;
    private static final int LOOP = 108;
    private static final int LINUX_COOKED = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_COOKED_2 = 276;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86DD;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_VLAN_OUTER = 0x88A8;
    private static final int TYPE_VLAN_OLD = 0x9100;

    /// Not an IP packet.
    static final int NONE = -1;

    private LinkLayer() {}

    static boolean isKnown(int linkType) {
        return switch (linkType) {
            case NULL, ETHERNET, RAW_BSD, RAW_OPENBSD, RAW, LOOP, LINUX_COOKED, IPV4, IPV6, LINUX_COOKED_2 -> true;
            default -> false;
        };
    }

    /// Where in `packet.bytes` its IP packet starts, or [#NONE].
    static int ipOffset(Packet packet) {
        return switch (packet.linkType) {
            case ETHERNET -> afterType(packet, 12);
            case LINUX_COOKED -> afterType(packet, 14);
            case LINUX_COOKED_2 -> {
                int type = type(packet, 0);
                yield type == TYPE_IPV4 || type == TYPE_IPV6 ? packet.offset + 20 : NONE;
            }
            case NULL, LOOP -> packet.length > 4 ? packet.offset + 4 : NONE;
            case RAW_BSD, RAW_OPENBSD, RAW, IPV4, IPV6 -> packet.offset;
            default -> NONE;
        };
    }

    /// Behind the protocol type at `at` and any VLAN tags.
    private static int afterType(Packet packet, int at) {
        int place = at;
        while (true) {
            int type = type(packet, place);
            switch (type) {
                case TYPE_IPV4, TYPE_IPV6 -> {
                    return packet.offset + place + 2;
                }
                case TYPE_VLAN, TYPE_VLAN_OUTER, TYPE_VLAN_OLD -> place += 4;
                default -> {
                    return NONE;
                }
            }
        }
    }

    private static int type(Packet packet, int at) {
        if (at + 2 > packet.length) {
            return NONE;
        }
        int place = packet.offset + at;
        return (packet.bytes[place] & 0xff) << 8 | (packet.bytes[place + 1] & 0xff);
    }
}
