package io.cachewright.snapshot.rdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads a stream: its newest entry, and what its groups have left to do.
///
/*
 * STREAM   = nodes (id(16) listpack)* entries lastId(2) [firstId(2) deletedId(2) added] groups GROUP*
 * GROUP    = name lastId(2) [read] pending (id(16) time(8) deliveries)* consumers CONSUMER*
 * CONSUMER = name seen(8) [active(8)] pending id(16)*
 *
 * A listpack of a node begins with a master entry, whose fields entries of the same shape do not repeat:
 * MASTER   = count deleted fields name* 0
 * ENTRY    = flags ms seq (value* | fields (name value)*) back
 */
final class StoredStream {

    /// A node is closed at 4 KB by default; one that is larger than this is not looked into.
    private static final int NODE_BYTES_MAX = 1 << 20;

    private static final int ID_BYTES = RadixTreeSize.ID_BYTES;
    private static final int DELETED = 1;
    private static final int SAME_FIELDS = 2;

    private final StoredBytes bytes;
    private final PackedValues packed;
    private final boolean second;
    private final boolean third;
    private long pending;

    StoredStream(StoredBytes bytes, PackedValues packed, int type) {
        this.bytes = bytes;
        this.packed = packed;
        this.second = type != TypeNumber.STREAM_LISTPACKS;
        this.third = second && type != TypeNumber.STREAM_LISTPACKS_2;
    }

    StoredValue read() {
        long nodes = bytes.length();
        byte[] last = new byte[0];
        for (long i = 0; i < nodes; i++) {
            bytes.skipString();
            last = bytes.string(i == nodes - 1 ? NODE_BYTES_MAX : 0);
        }
        boolean isWhole = last.length == (nodes == 0 ? 0 : bytes.stringLength());
        long entries = bytes.length();
        skipNumbers(2);
        long added = -1;
        boolean hasHoles = true;
        if (second) {
            skipNumbers(2);
            long deletedMillis = bytes.anyNumber();
            long deletedSequence = bytes.anyNumber();
            hasHoles = deletedMillis != 0 || deletedSequence != 0;
            added = bytes.anyNumber();
        }
        long groups = bytes.length();
        long lag = 0;
        for (long i = 0; i < groups; i++) {
            long read = group();
            // Deleted entries may be among those that were not delivered: then the servers do not tell either.
            boolean isKnown = lag >= 0 && second && read >= 0 && !hasHoles;
            lag = isKnown ? Math.max(lag, added - read) : -1;
        }
        return new StoredValue.Stream(
                isWhole ? newestOf(last) : List.of(), entries, (int) Math.min(groups, Integer.MAX_VALUE), pending, lag);
    }

    private void skipNumbers(int count) {
        for (int i = 0; i < count; i++) {
            long _ = bytes.anyNumber();
        }
    }

    /// How many entries the group has read; −1 when that is not known.
    private long group() {
        bytes.skipString();
        skipNumbers(2);
        long read = second ? bytes.anyNumber() : -1;
        long delivered = bytes.length();
        pending += delivered;
        for (long i = 0; i < delivered; i++) {
            bytes.skip(ID_BYTES + Long.BYTES);
            skipNumbers(1);
        }
        long consumers = bytes.length();
        for (long i = 0; i < consumers; i++) {
            bytes.skipString();
            bytes.skip(third ? 2L * Long.BYTES : Long.BYTES);
            long owned = bytes.length();
            if (owned > Long.MAX_VALUE / ID_BYTES) {
                throw bytes.malformed("a consumer owns " + owned + " entries");
            }
            bytes.skip(owned * ID_BYTES);
        }
        return read;
    }

    /// Fields and values in turn of the last entry of a node that was not deleted.
    private List<byte[]> newestOf(byte[] node) {
        if (node.length == 0) {
            return List.of();
        }
        List<byte[]> parts = new ArrayList<>();
        long _ = PackedValues.count(PackedForm.LISTPACK, node, 0, node.length, node.length);
        long _ = packed.walk(
                PackedForm.LISTPACK,
                node,
                0,
                node.length,
                0,
                (_, blob, from, length) -> parts.add(Arrays.copyOfRange(blob, from, from + length)));
        int masterFields = number(parts, 2);
        List<byte[]> newest = List.of();
        int at = 3 + masterFields + 1;
        while (at < parts.size()) {
            int flags = number(parts, at);
            boolean isSame = (flags & SAME_FIELDS) != 0;
            int fields = isSame ? masterFields : number(parts, at + 3);
            int from = isSame ? at + 3 : at + 4;
            int strings = isSame ? fields : 2 * fields;
            if ((flags & DELETED) == 0) {
                newest = isSame
                        ? inTurn(parts.subList(3, 3 + fields), parts.subList(from, from + fields))
                        : List.copyOf(parts.subList(from, from + strings));
            }
            at = from + strings + 1;
        }
        return newest;
    }

    private static List<byte[]> inTurn(List<byte[]> names, List<byte[]> values) {
        List<byte[]> both = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            both.add(names.get(i));
            both.add(values.get(i));
        }
        return both;
    }

    /// A count; bounded by what is there, so that sums of two do not overflow.
    private static int number(List<byte[]> parts, int at) {
        int number = Integer.parseInt(new String(parts.get(at), StandardCharsets.US_ASCII));
        if (number < 0 || number > parts.size()) {
            throw new IllegalArgumentException();
        }
        return number;
    }
}
