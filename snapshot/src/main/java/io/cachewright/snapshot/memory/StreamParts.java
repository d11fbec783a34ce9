package io.cachewright.snapshot.memory;

import io.cachewright.snapshot.rdb.RadixTree;

/// A stream, its groups and their consumers.
final class StreamParts {

    private static final int RADIX_TREE = 24;
    private static final int RADIX_NODE_GUESSED = 4 + 30 * 8;
    private static final int STREAM_ID = 16;
    private static final int PENDING_ENTRY = 24;

    private final Layout layout;
    private final Sizes sizes;
    private final Footprint footprint;

    StreamParts(Layout layout, Sizes sizes, Footprint footprint) {
        this.layout = layout;
        this.sizes = sizes;
        this.footprint = footprint;
    }

    void addNode(long listpackBytes) {
        footprint.add(sizes.of(listpackBytes));
    }

    void addStream(RadixTree tree) {
        footprint.addStructures(1, layout.stream());
        addTree(tree);
    }

    void addGroup(RadixTree pending) {
        footprint.addStructures(1, layout.group());
        footprint.addStructures(pending.keys(), PENDING_ENTRY);
        addTree(pending);
    }

    void addConsumer(long name, RadixTree pending) {
        footprint.addStructures(1, layout.consumer());
        footprint.add(name, sizes.ofString(name));
        addTree(pending);
    }

    /// MEMORY USAGE guesses what a node takes before Valkey 8.1, and takes far too much.
    private void addTree(RadixTree tree) {
        double real = sizes.of(RADIX_TREE) + tree.bytes() + (double) sizes.spare() * tree.nodes();
        double guessed = STREAM_ID * tree.keys() + (double) RADIX_NODE_GUESSED * tree.nodes();
        footprint.addExpected(layout.tables() == Layout.Tables.BUCKETED ? real : guessed, real);
    }
}
