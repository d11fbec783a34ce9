package io.cachewright.snapshot.memory;

import io.cachewright.snapshot.rdb.PackedForm;
import io.cachewright.snapshot.rdb.RadixTree;
import io.cachewright.snapshot.rdb.ValueType;

/// Adds up what one key after the other takes in memory, once the server has loaded it.
///
/// Between [#begin] and [#end] it is told the value in the words of [io.cachewright.snapshot.rdb.RdbVisitor]; after
/// [#end] it answers for that key.
/// Thresholds between encodings are the servers' defaults; a value that was saved in a packed form stays in it.
///
/*
 * Modelled is what the sources of the servers say (objectComputeSize, and the structures it measures), with the size
 * classes of the allocator. What a file cannot tell is taken by its expectation: the levels of a skiplist, how full the
 * chains of a hash table are. Left out: spare room of strings that were appended to, and the memory of modules.
 */
public final class MemoryModel {

    private static final int OBJECT = 16;
    private static final int POINTER = 8;
    private static final int ENTRY = 24;
    private static final int ENTRY_WITHOUT_VALUE = 16;
    private static final int SKIPLIST = 32;
    private static final int SORTED_SET = 16;
    private static final int SKIPLIST_LEVELS = 32;
    private static final int SKIPLIST_NODE = 24;
    private static final int SKIPLIST_LEVEL = 16;
    private static final double SKIPLIST_P = 0.25;
    private static final int LIST = 40;
    private static final int BUCKET = 64;
    private static final int LISTPACK_EX = 32;

    private static final int EMBEDDED_STRING_MAX = 44;
    private static final int EMBEDDED_OBJECT_MAX = 64;
    private static final int EMBEDDED_FIELD_MAX = 128;

    /// Names from here on keep room for an expiry (Valkey 8.1).
    private static final int EXPIRY_ROOM_FROM = 128;

    private static final int PACKED_STRING_MAX = 64;
    private static final int PACKED_HASH_MAX = 512;
    private static final int PACKED_OTHERS_MAX = 128;
    private static final int INTSET_MAX = 512;
    private static final long PACKED_LIST_BYTES_MAX = 8192;

    private static final int RADIX_TREE = 24;
    private static final int RADIX_NODE_GUESSED = 4 + 30 * 8;
    private static final int STREAM_ID = 16;
    private static final int PENDING_ENTRY = 24;

    private static final int LISTPACK_FRAME = 7;
    private static final int ZIPLIST_FRAME = 11;

    /// What a field with an expiry takes beyond its name: the expiry itself, and its share of the index.
    private static final int FIELD_EXPIRY = 24;

    private static final int SMALL = 1 << 13;

    private final Allocator allocator;

    /// What requests below [#SMALL] take.
    private final int[] small = new int[SMALL];

    private final Layout layout;
    private final double skiplistNode;
    private final double skiplistHeader;

    private ValueType type = ValueType.STRING;
    private int nameBytes;
    private boolean expires;

    private long elements;
    private boolean separate;
    private long blobs;
    private long blobBytes;
    private long blobAllocated;
    private long plainNodes;
    private double tableUsage;
    private long packedBytes;
    private long longest;
    private boolean allNumbers;
    private long pendingField;
    private long fieldExpiries;

    private Encoding encoding = Encoding.RAW;
    private double usage;
    private double allocated;

    public MemoryModel(ServerMemory server) {
        this.allocator = server.allocator();
        this.layout = Layout.of(server.version());
        for (int bytes = 0; bytes < SMALL; bytes++) {
            small[bytes] = (int) allocator.allocated(bytes);
        }
        double expected = 0;
        double share = 1 - SKIPLIST_P;
        for (int level = 1; level <= SKIPLIST_LEVELS; level++) {
            expected += share * allocation(SKIPLIST_NODE + (long) SKIPLIST_LEVEL * level);
            share *= SKIPLIST_P;
        }
        this.skiplistNode = expected;
        this.skiplistHeader = allocation(SKIPLIST_NODE + (long) SKIPLIST_LEVEL * SKIPLIST_LEVELS);
    }

    /// A key begins.
    public void begin(ValueType ofType, int nameLength, boolean hasExpiry) {
        type = ofType;
        nameBytes = nameLength;
        expires = hasExpiry;
        elements = 0;
        separate = false;
        blobs = 0;
        blobBytes = 0;
        blobAllocated = 0;
        plainNodes = 0;
        tableUsage = 0;
        packedBytes = 0;
        longest = 0;
        allNumbers = true;
        pendingField = -1;
        fieldExpiries = 0;
        usage = 0;
        allocated = 0;
    }

    private long allocation(long bytes) {
        return bytes < SMALL ? small[(int) bytes] : allocator.allocated(bytes);
    }

    // Strings.

    private static int stringHeader(long bytes) {
        return bytes < 32 ? 1 : bytes < 256 ? 3 : bytes < 65_536 ? 5 : bytes < 1L << 32 ? 9 : 17;
    }

    /// Bytes of a string with its header and its final zero.
    private static long stringBytes(long bytes) {
        return stringHeader(bytes) + bytes + 1;
    }

    private long string(long bytes) {
        return allocation(stringBytes(bytes));
    }

    public void string(long bytes, boolean integer) {
        elements = bytes;
        if (integer) {
            encoding = Encoding.INT;
            object();
            return;
        }
        long withName = objectBytes() + 3 + bytes + 1;
        boolean embedded =
                layout.keys() == Layout.Keys.IN_OBJECT ? withName <= EMBEDDED_OBJECT_MAX : bytes <= EMBEDDED_STRING_MAX;
        if (!embedded) {
            encoding = Encoding.RAW;
            object();
            add(string(bytes));
        } else if (layout.keys() == Layout.Keys.IN_OBJECT) {
            encoding = Encoding.EMBSTR;
            usage = allocation(withName);
            allocated = usage;
        } else {
            encoding = Encoding.EMBSTR;
            allocated = allocation(OBJECT + 3 + bytes + 1);
            usage = layout.ziplists() ? OBJECT + bytes + 2 : allocated;
        }
    }

    /// Of the object with what is kept within it, without a value.
    private long objectBytes() {
        if (layout.keys() != Layout.Keys.IN_OBJECT) {
            return OBJECT;
        }
        boolean room = expires || nameBytes >= EXPIRY_ROOM_FROM;
        return OBJECT + (room ? POINTER : 0) + 1 + stringBytes(nameBytes);
    }

    /// The object of a value that is not within it.
    private void object() {
        usage += OBJECT;
        allocated += allocation(objectBytes());
    }

    private void add(long bytes) {
        usage += bytes;
        allocated += bytes;
    }

    private void addExpected(double bytes) {
        usage += bytes;
        allocated += bytes;
    }

    /// Structures of a fixed size, which MEMORY USAGE counts without the allocator.
    private void structures(long count, long bytes) {
        usage += count * bytes;
        allocated += count * allocation(bytes);
    }

    // Packed values and nodes of lists.

    public void packed(PackedForm form, long bytes, long count) {
        blobs++;
        elements += form == PackedForm.LISTPACK_WITH_EXPIRY
                ? count / 3
                : type == ValueType.HASH || type == ValueType.SORTED_SET ? count / 2 : count;
        long held = bytes;
        if (form == PackedForm.ZIPMAP) {
            held = bytes + count + LISTPACK_FRAME;
        } else if (form == PackedForm.ZIPLIST && !layout.ziplists()) {
            held = bytes - ZIPLIST_FRAME + LISTPACK_FRAME;
        }
        blobBytes += held;
        blobAllocated += allocation(held);
        encoding = switch (form) {
            case INTSET -> Encoding.INTSET;
            case LISTPACK_WITH_EXPIRY -> Encoding.LISTPACK_EX;
            case LISTPACK, ZIPLIST, ZIPMAP -> layout.ziplists() ? Encoding.ZIPLIST : Encoding.LISTPACK;
        };
    }

    // Separate elements.

    public void table(long count) {
        separate = true;
        elements = count;
    }

    public void field(long bytes, boolean integer) {
        pendingField = bytes;
        note(bytes, integer);
    }

    public void fieldExpiry() {
        fieldExpiries++;
    }

    public void element(long bytes, boolean integer) {
        note(bytes, integer);
        switch (type) {
            case SET -> tableUsage += string(bytes);
            case SORTED_SET -> tableUsage += string(bytes) + skiplistNode;
            case HASH -> tableUsage += pair(pendingField, bytes);
            case LIST -> {
                elements++;
                if (bytes > PACKED_LIST_BYTES_MAX) {
                    plainNodes++;
                    blobBytes += bytes;
                    blobAllocated += allocation(bytes);
                }
            }
            case STRING, STREAM, MODULE -> {}
        }
    }

    private long pair(long fieldBytes, long valueBytes) {
        if (layout.tables() == Layout.Tables.CHAINED) {
            return string(fieldBytes) + string(valueBytes);
        }
        long together = stringBytes(fieldBytes) + Math.max(3, stringHeader(valueBytes)) + valueBytes + 1;
        return together <= EMBEDDED_FIELD_MAX
                ? allocation(together)
                : allocation(POINTER + stringBytes(fieldBytes)) + string(valueBytes);
    }

    private void note(long bytes, boolean integer) {
        longest = Math.max(longest, bytes);
        allNumbers &= integer;
        if (type == ValueType.LIST && bytes > PACKED_LIST_BYTES_MAX) {
            return;
        }
        int entry = integer
                ? 1 + numberBytes(bytes)
                : (int) Math.min(bytes, 1 << 20) + (bytes < 64 ? 1 : bytes < 4096 ? 2 : 5);
        packedBytes += entry + (entry < 128 ? 1 : 2);
    }

    /// A listpack keeps numbers in 0 to 8 bytes; by the digits, as the numbers themselves are not told.
    private static int numberBytes(long digits) {
        return digits <= 2 ? 0 : digits <= 3 ? 1 : digits <= 4 ? 2 : digits <= 7 ? 3 : digits <= 10 ? 4 : 8;
    }

    /// Whether the server packs a small value that was saved as separate elements.
    private boolean packsOnLoading() {
        if (layout.ziplists() && type == ValueType.SET) {
            return allNumbers && elements <= INTSET_MAX;
        }
        return switch (type) {
            case SET ->
                (allNumbers && elements <= INTSET_MAX)
                        || (layout.smallSets() && elements <= PACKED_OTHERS_MAX && longest <= PACKED_STRING_MAX);
            case HASH -> elements <= PACKED_HASH_MAX && longest <= PACKED_STRING_MAX;
            case SORTED_SET -> elements <= PACKED_OTHERS_MAX && longest <= PACKED_STRING_MAX;
            case STRING, LIST, STREAM, MODULE -> false;
        };
    }

    private void table() {
        if (packsOnLoading()) {
            boolean integers = type == ValueType.SET && allNumbers;
            long scores = type == ValueType.SORTED_SET ? 10 * elements : 0;
            long bytes = integers ? 8 + 8 * elements : packedBytes + scores + LISTPACK_FRAME;
            encoding = integers ? Encoding.INTSET : layout.ziplists() ? Encoding.ZIPLIST : Encoding.LISTPACK;
            object();
            packedValue(bytes);
            return;
        }
        encoding = type == ValueType.SORTED_SET ? Encoding.SKIPLIST : Encoding.HASHTABLE;
        object();
        addExpected(tableUsage + (double) FIELD_EXPIRY * fieldExpiries);
        if (type == ValueType.SORTED_SET) {
            structures(1, SORTED_SET);
            structures(1, SKIPLIST);
            addExpected(skiplistHeader);
        }
        if (layout.tables() == Layout.Tables.BUCKETED) {
            structures(1, layout.tableHeader());
            addExpected(bucketBytes(elements));
            return;
        }
        long buckets = powerOfTwo(Math.max(4, elements));
        structures(1, layout.tableHeader());
        structures(1, POINTER * buckets);
        if (type == ValueType.SET && layout.setsWithoutEntries()) {
            double alone = buckets * (1 - Math.exp(-(double) elements / buckets));
            double chained = elements - alone;
            usage += layout.countsThatSaving() ? ENTRY_WITHOUT_VALUE * chained : (double) ENTRY * elements;
            allocated += allocation(ENTRY_WITHOUT_VALUE) * chained;
        } else {
            structures(elements, ENTRY);
        }
    }

    private void packedValue(long bytes) {
        long real = allocation(bytes);
        allocated += real;
        usage += layout.ziplists() ? bytes : real;
    }

    // Streams.

    public void streamNode(long listpackBytes) {
        add(allocation(listpackBytes));
    }

    public void streamEnd(long entries, RadixTree tree) {
        elements = entries;
        encoding = Encoding.STREAM;
        object();
        structures(1, layout.stream());
        radixTree(tree);
    }

    public void group(RadixTree pending) {
        structures(1, layout.group());
        structures(pending.keys(), PENDING_ENTRY);
        radixTree(pending);
    }

    public void consumer(long name, RadixTree pending) {
        structures(1, layout.consumer());
        usage += name;
        allocated += string(name);
        radixTree(pending);
    }

    /// MEMORY USAGE guesses what a node takes before Valkey 8.1, and takes far too much.
    private void radixTree(RadixTree tree) {
        double real = allocation(RADIX_TREE) + tree.bytes() + (double) allocator.spare() * tree.nodes();
        allocated += real;
        usage += layout.tables() == Layout.Tables.BUCKETED
                ? real
                : STREAM_ID * tree.keys() + (double) RADIX_NODE_GUESSED * tree.nodes();
    }

    /// The key ends. Nothing is known of a module's value but its size in the file.
    public void end(long fileBytes) {
        switch (type) {
            case STRING, STREAM -> {}
            case LIST -> endList();
            case SET, HASH, SORTED_SET -> {
                if (separate) {
                    table();
                } else {
                    object();
                    structures(encoding == Encoding.LISTPACK_EX ? 1 : 0, LISTPACK_EX);
                    allocated += blobAllocated;
                    usage += layout.ziplists() ? blobBytes : blobAllocated;
                }
            }
            case MODULE -> {
                encoding = Encoding.MODULE;
                object();
                add(fileBytes);
            }
        }
        name();
    }

    private void endList() {
        object();
        // Elements that were saved one by one (before Redis 3.2) are packed into nodes.
        long loose = plainNodes == elements ? 0 : packedBytes;
        for (long left = loose; left > 0; left -= PACKED_LIST_BYTES_MAX) {
            long bytes = Math.min(left, PACKED_LIST_BYTES_MAX) + LISTPACK_FRAME;
            blobs++;
            blobBytes += bytes;
            blobAllocated += allocation(bytes);
        }
        if (layout.smallLists() && blobs == 1 && plainNodes == 0 && blobBytes <= PACKED_LIST_BYTES_MAX) {
            encoding = Encoding.LISTPACK;
            add(blobAllocated);
            return;
        }
        encoding = Encoding.QUICKLIST;
        structures(1, LIST);
        structures(blobs + plainNodes, layout.listNode());
        allocated += blobAllocated;
        usage += layout.ziplists() ? blobBytes : blobAllocated;
    }

    private void name() {
        switch (layout.keys()) {
            case SEPARATE -> {
                add(string(nameBytes));
                structures(1, ENTRY);
            }
            case IN_ENTRY -> add(allocation(2L * POINTER + 1 + stringBytes(nameBytes)));
            case IN_OBJECT -> {}
        }
        if (expires && layout.keys() != Layout.Keys.IN_OBJECT) {
            allocated += allocation(ENTRY);
        }
    }

    /// What the tables of a database take besides its keys.
    public long databaseBytes(long keys, long expiring) {
        return keys == 0 ? 0 : tableBytes(keys) + (expiring == 0 ? 0 : tableBytes(expiring));
    }

    private long tableBytes(long keys) {
        return layout.tables() == Layout.Tables.BUCKETED
                ? Math.round(bucketBytes(keys))
                : allocation(POINTER * powerOfTwo(Math.max(4, keys)));
    }

    /// Top buckets for a fill below 32/35, and the children of those that are more than full, as expected.
    private static double bucketBytes(long count) {
        long buckets = powerOfTwo(Math.max(1, (count * 5 + 31) / 32));
        double mean = (double) count / buckets;
        double chance = Math.exp(-mean);
        double children = 0;
        for (int held = 0; held < 64; held++) {
            if (held > 7) {
                children += chance * ((held - 8) / 6 + 1);
            }
            chance *= mean / (held + 1);
        }
        return BUCKET * buckets * (1 + (buckets == 1 && count <= 7 ? 0 : children));
    }

    private static long powerOfTwo(long atLeast) {
        return atLeast <= 1 ? 1 : Long.highestOneBit(atLeast - 1) << 1;
    }

    /// What MEMORY USAGE would answer for the key that ended.
    public long usage() {
        return Math.round(usage);
    }

    /// What the key that ended takes from the allocator.
    public long allocated() {
        return Math.round(allocated);
    }

    public Encoding encoding() {
        return encoding;
    }

    /// Elements, fields, members or entries; for a string its length in bytes.
    public long elements() {
        return elements;
    }
}
