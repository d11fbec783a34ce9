package io.cachewright.snapshot.memory;

import io.cachewright.snapshot.rdb.PackedForm;

/// Values in one piece: a small collection, or the nodes of a list.
final class PackedNodes {

    static final int LISTPACK_FRAME = 7;
    private static final int ZIPLIST_FRAME = 11;
    private static final int LISTPACK_EX = 32;
    private static final int LIST = 40;
    private static final int NODE_BYTES_MAX = 8192;

    private final Layout layout;
    private final Sizes sizes;
    private final Footprint footprint;
    private final PackedOnLoading loose;

    private long nodes;
    private long plainNodes;
    private long bytes;
    private long allocated;

    PackedNodes(Layout layout, Sizes sizes, Footprint footprint) {
        this.layout = layout;
        this.sizes = sizes;
        this.footprint = footprint;
        this.loose = new PackedOnLoading(layout);
    }

    void begin() {
        nodes = 0;
        plainNodes = 0;
        bytes = 0;
        allocated = 0;
        loose.begin();
    }

    /// A packed value of `length` bytes in the file, with `strings` strings in it.
    Encoding add(PackedForm form, long length, long strings) {
        nodes++;
        hold(loaded(form, length, strings));
        return switch (form) {
            case INTSET -> Encoding.INTSET;
            case LISTPACK_WITH_EXPIRY -> Encoding.LISTPACK_EX;
            case LISTPACK, ZIPLIST, ZIPMAP -> layout.ziplists() ? Encoding.ZIPLIST : Encoding.LISTPACK;
        };
    }

    private void hold(long length) {
        bytes += length;
        allocated += sizes.of(length);
    }

    /// Its bytes once the server has converted it to what it uses itself.
    private long loaded(PackedForm form, long length, long strings) {
        return switch (form) {
            case ZIPMAP -> length + strings + LISTPACK_FRAME;
            case ZIPLIST -> layout.ziplists() ? length : length - ZIPLIST_FRAME + LISTPACK_FRAME;
            case INTSET, LISTPACK, LISTPACK_WITH_EXPIRY -> length;
        };
    }

    /// An element of a list that was saved by itself: a long one is a node of its own.
    void addElement(long length, boolean integer) {
        if (length > NODE_BYTES_MAX) {
            plainNodes++;
            hold(length);
        } else {
            loose.add(length, integer);
        }
    }

    /// There was one value, which is all of the key's.
    void endValue(Encoding encoding) {
        if (encoding == Encoding.LISTPACK_EX) {
            footprint.addStructures(1, LISTPACK_EX);
        }
        addHeld();
    }

    private void addHeld() {
        footprint.add(layout.ziplists() ? bytes : allocated, allocated);
    }

    Encoding endList() {
        // Elements that were saved one by one (before Redis 3.2) are packed into nodes.
        for (long left = loose.entryBytes(); left > 0; left -= NODE_BYTES_MAX) {
            nodes++;
            hold(Math.min(left, NODE_BYTES_MAX) + LISTPACK_FRAME);
        }
        if (layout.smallLists() && nodes == 1 && plainNodes == 0 && bytes <= NODE_BYTES_MAX) {
            footprint.add(allocated);
            return Encoding.LISTPACK;
        }
        footprint.addStructures(1, LIST);
        footprint.addStructures(nodes + plainNodes, layout.listNode());
        addHeld();
        return Encoding.QUICKLIST;
    }
}
