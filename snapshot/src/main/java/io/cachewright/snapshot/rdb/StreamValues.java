package io.cachewright.snapshot.rdb;

/// Passes over streams and tells what they are made of. [StoredStream] has the grammar.
final class StreamValues {

    private final RdbStrings strings;
    private final RdbInput input;
    private final RdbVisitor visitor;
    private final RadixTreeSize tree = new RadixTreeSize();

    StreamValues(RdbStrings strings, RdbVisitor visitor) {
        this.strings = strings;
        this.input = strings.input;
        this.visitor = visitor;
    }

    void stream(int type) {
        boolean second = type != TypeNumber.STREAM_LISTPACKS;
        boolean third = second && type != TypeNumber.STREAM_LISTPACKS_2;
        long nodes = strings.count("nodes", RadixTreeSize.ID_BYTES);
        tree.reset();
        for (long i = 0; i < nodes; i++) {
            strings.read();
            if (strings.length != RadixTreeSize.ID_BYTES) {
                throw input.malformed("the key of a stream node is no id");
            }
            tree.add(strings.piece, strings.pieceFrom);
            streamNode();
        }
        long entries = strings.length();
        if (entries < 0 || (entries > 0 && nodes == 0)) {
            throw input.malformed("a stream of " + Long.toUnsignedString(entries) + " entries has no nodes");
        }
        skipLengths(2);
        if (second) {
            // First id, greatest deleted id, entries ever added.
            skipLengths(5);
        }
        visitor.streamEnd(entries, tree.finish());
        long groups = strings.count("consumer groups", 5);
        for (long i = 0; i < groups; i++) {
            group(second, third);
        }
        if (type == TypeNumber.STREAM_LISTPACKS_4) {
            idempotentProducers();
        }
    }

    private void streamNode() {
        long at = input.offset();
        int available = strings.peek(PackedValues.HEADER_BYTES);
        try {
            PackedValues.count(PackedForm.LISTPACK, strings.piece, strings.pieceFrom, available, strings.length);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw input.malformed(at, "a listpack contradicts itself");
        }
        strings.finish();
        visitor.streamNode(strings.length);
    }

    private void group(boolean second, boolean third) {
        strings.skip();
        long nameBytes = strings.length;
        skipLengths(second ? 3 : 2);
        long pending = strings.count("pending entries", RadixTreeSize.ID_BYTES + Long.BYTES + 1);
        tree.reset();
        for (long i = 0; i < pending; i++) {
            id();
            input.skip(Long.BYTES);
            strings.length();
        }
        visitor.group(nameBytes, tree.finish());
        long consumers = strings.count("consumers", 1 + Long.BYTES);
        for (long i = 0; i < consumers; i++) {
            strings.skip();
            long consumerBytes = strings.length;
            input.skip(third ? 2L * Long.BYTES : Long.BYTES);
            long owned = strings.count("pending entries", RadixTreeSize.ID_BYTES);
            tree.reset();
            for (long j = 0; j < owned; j++) {
                id();
            }
            visitor.consumer(consumerBytes, tree.finish());
        }
    }

    private void id() {
        input.require(RadixTreeSize.ID_BYTES);
        tree.add(input.buffer, input.position);
        input.position += RadixTreeSize.ID_BYTES;
    }

    /// Redis 8.6: duration, entries at most, (producer (id of the producer's, entry id)*)*, added, refused.
    private void idempotentProducers() {
        skipLengths(2);
        long producers = strings.count("producers", 2);
        for (long i = 0; i < producers; i++) {
            strings.skip();
            long ids = strings.count("ids", 3);
            for (long j = 0; j < ids; j++) {
                strings.skip();
                skipLengths(2);
            }
        }
        skipLengths(2);
    }

    private void skipLengths(int count) {
        for (int i = 0; i < count; i++) {
            strings.length();
        }
    }
}
