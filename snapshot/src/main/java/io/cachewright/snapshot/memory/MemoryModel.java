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
    private static final int LISTPACK_EX = 32;

    private static final int EMBEDDED_STRING_MAX = 44;
    private static final int EMBEDDED_OBJECT_MAX = 64;
    private static final int EMBEDDED_FIELD_MAX = 128;

    /// Names from here on keep room for an expiry (Valkey 8.1).
    private static final int EXPIRY_ROOM_FROM = 128;

    private static final long PACKED_LIST_BYTES_MAX = 8192;

    private static final int RADIX_TREE = 24;
    private static final int RADIX_NODE_GUESSED = 4 + 30 * 8;
    private static final int STREAM_ID = 16;
    private static final int PENDING_ENTRY = 24;

    static final int LISTPACK_FRAME = 7;
    private static final int ZIPLIST_FRAME = 11;

    /// What a field with an expiry takes beyond its name: the expiry itself, and its share of the index.
    private static final int FIELD_EXPIRY = 24;

    private final Sizes sizes;
    private final Layout layout;
    private final PackedOnLoading onLoading;
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
    private long pendingField;
    private long fieldExpiries;

    private Encoding encoding = Encoding.RAW;
    private double usage;
    private double allocated;
    private long usageBytes;
    private long allocatedBytes;

    public MemoryModel(ServerMemory server) {
        this.sizes = new Sizes(server.allocator());
        this.layout = Layout.of(server.version());
        this.onLoading = new PackedOnLoading(layout);
        double expected = 0;
        double share = 1 - SKIPLIST_P;
        for (int level = 1; level <= SKIPLIST_LEVELS; level++) {
            expected += share * sizes.of(SKIPLIST_NODE + (long) SKIPLIST_LEVEL * level);
            share *= SKIPLIST_P;
        }
        this.skiplistNode = expected;
        this.skiplistHeader = sizes.of(SKIPLIST_NODE + (long) SKIPLIST_LEVEL * SKIPLIST_LEVELS);
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
        onLoading.begin();
        pendingField = -1;
        fieldExpiries = 0;
        usage = 0;
        allocated = 0;
    }

    // Strings.

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
            add(sizes.ofString(bytes));
        } else if (layout.keys() == Layout.Keys.IN_OBJECT) {
            encoding = Encoding.EMBSTR;
            usage = sizes.of(withName);
            allocated = usage;
        } else {
            encoding = Encoding.EMBSTR;
            allocated = sizes.of(OBJECT + 3 + bytes + 1);
            usage = layout.ziplists() ? OBJECT + bytes + 2 : allocated;
        }
    }

    /// Of the object with what is kept within it, without a value.
    private long objectBytes() {
        if (layout.keys() != Layout.Keys.IN_OBJECT) {
            return OBJECT;
        }
        boolean room = expires || nameBytes >= EXPIRY_ROOM_FROM;
        return OBJECT + (room ? POINTER : 0) + 1 + Sizes.stringBytes(nameBytes);
    }

    /// The object of a value that is not within it.
    private void object() {
        usage += OBJECT;
        allocated += sizes.of(objectBytes());
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
        allocated += count * sizes.of(bytes);
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
        blobAllocated += sizes.of(held);
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
            case SET -> tableUsage += sizes.ofString(bytes);
            case SORTED_SET -> tableUsage += sizes.ofString(bytes) + skiplistNode;
            case HASH -> tableUsage += pair(pendingField, bytes);
            case LIST -> {
                elements++;
                if (bytes > PACKED_LIST_BYTES_MAX) {
                    plainNodes++;
                    blobBytes += bytes;
                    blobAllocated += sizes.of(bytes);
                }
            }
            case STRING, STREAM, MODULE -> {}
        }
    }

    private long pair(long fieldBytes, long valueBytes) {
        if (layout.tables() == Layout.Tables.CHAINED) {
            return sizes.ofString(fieldBytes) + sizes.ofString(valueBytes);
        }
        long together = Sizes.stringBytes(fieldBytes) + Math.max(3, Sizes.stringHeader(valueBytes)) + valueBytes + 1;
        return together <= EMBEDDED_FIELD_MAX
                ? sizes.of(together)
                : sizes.of(POINTER + Sizes.stringBytes(fieldBytes)) + sizes.ofString(valueBytes);
    }

    /// Long elements of lists are nodes by themselves.
    private void note(long bytes, boolean integer) {
        if (type != ValueType.LIST || bytes <= PACKED_LIST_BYTES_MAX) {
            onLoading.add(bytes, integer);
        }
    }

    private void table() {
        if (onLoading.applies(type, elements)) {
            encoding = onLoading.encoding(type, elements);
            object();
            packedValue(onLoading.bytes(type, elements));
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
            addExpected(HashTables.bucketedBytes(elements));
            return;
        }
        structures(1, layout.tableHeader());
        structures(1, HashTables.chainedBytes(elements));
        if (type == ValueType.SET && layout.setsWithoutEntries()) {
            double chained = elements - HashTables.firstOfChain(elements);
            usage += layout.countsThatSaving() ? ENTRY_WITHOUT_VALUE * chained : (double) ENTRY * elements;
            allocated += sizes.of(ENTRY_WITHOUT_VALUE) * chained;
        } else {
            structures(elements, ENTRY);
        }
    }

    private void packedValue(long bytes) {
        long real = sizes.of(bytes);
        allocated += real;
        usage += layout.ziplists() ? bytes : real;
    }

    // Streams.

    public void streamNode(long listpackBytes) {
        add(sizes.of(listpackBytes));
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
        allocated += sizes.ofString(name);
        radixTree(pending);
    }

    /// MEMORY USAGE guesses what a node takes before Valkey 8.1, and takes far too much.
    private void radixTree(RadixTree tree) {
        double real = sizes.of(RADIX_TREE) + tree.bytes() + (double) sizes.spare() * tree.nodes();
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
        usageBytes = Math.round(usage);
        allocatedBytes = Math.round(allocated);
    }

    private void endList() {
        object();
        // Elements that were saved one by one (before Redis 3.2) are packed into nodes.
        long loose = plainNodes == elements ? 0 : onLoading.entryBytes();
        for (long left = loose; left > 0; left -= PACKED_LIST_BYTES_MAX) {
            long bytes = Math.min(left, PACKED_LIST_BYTES_MAX) + LISTPACK_FRAME;
            blobs++;
            blobBytes += bytes;
            blobAllocated += sizes.of(bytes);
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
                add(sizes.ofString(nameBytes));
                structures(1, ENTRY);
            }
            case IN_ENTRY -> add(sizes.of(2L * POINTER + 1 + Sizes.stringBytes(nameBytes)));
            case IN_OBJECT -> {}
        }
        if (expires && layout.keys() != Layout.Keys.IN_OBJECT) {
            allocated += sizes.of(ENTRY);
        }
    }

    /// What the tables of a database take besides its keys.
    public long databaseBytes(long keys, long expiring) {
        return keys == 0 ? 0 : tableBytes(keys) + (expiring == 0 ? 0 : tableBytes(expiring));
    }

    private long tableBytes(long keys) {
        return layout.tables() == Layout.Tables.BUCKETED
                ? Math.round(HashTables.bucketedBytes(keys))
                : sizes.of(HashTables.chainedBytes(keys));
    }

    /// What MEMORY USAGE would answer for the key that ended.
    public long usage() {
        return usageBytes;
    }

    /// What the key that ended takes from the allocator.
    public long allocated() {
        return allocatedBytes;
    }

    public Encoding encoding() {
        return encoding;
    }

    /// Elements, fields, members or entries; for a string its length in bytes.
    public long elements() {
        return elements;
    }
}
