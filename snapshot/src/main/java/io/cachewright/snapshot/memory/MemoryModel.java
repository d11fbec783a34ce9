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
 *
 * Here are the key with its name and its object, and strings, which may be within them. Other values are added up by the kind
 * of their structure: SeparateElements, PackedNodes, StreamParts.
 */
public final class MemoryModel {

    private static final int OBJECT = 16;
    private static final int POINTER = 8;
    private static final int ENTRY = 24;

    private static final int EMBEDDED_STRING_MAX = 44;
    private static final int EMBEDDED_OBJECT_MAX = 64;

    /// Names from here on keep room for an expiry (Valkey 8.1).
    private static final int EXPIRY_ROOM_FROM = 128;

    private final Sizes sizes;
    private final Layout layout;
    private final Footprint footprint;
    private final SeparateElements separate;
    private final PackedNodes packed;
    private final StreamParts stream;

    private ValueType type = ValueType.STRING;
    private int nameBytes;
    private boolean expires;
    private long elements;
    private boolean isSeparate;
    private Encoding encoding = Encoding.RAW;
    private long usageBytes;
    private long allocatedBytes;

    public MemoryModel(ServerMemory server) {
        this.sizes = Sizes.of(server.allocator());
        this.layout = Layout.of(server.version());
        this.footprint = new Footprint(sizes);
        this.separate = new SeparateElements(layout, sizes, footprint);
        this.packed = new PackedNodes(layout, sizes, footprint);
        this.stream = new StreamParts(layout, sizes, footprint);
    }

    /// A key begins.
    public void begin(ValueType ofType, int nameLength, boolean hasExpiry) {
        type = ofType;
        nameBytes = nameLength;
        expires = hasExpiry;
        elements = 0;
        isSeparate = false;
        footprint.clear();
        packed.begin();
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
            footprint.add(sizes.ofString(bytes));
        } else if (layout.keys() == Layout.Keys.IN_OBJECT) {
            encoding = Encoding.EMBSTR;
            footprint.add(sizes.of(withName));
        } else {
            encoding = Encoding.EMBSTR;
            long real = sizes.of(OBJECT + 3 + bytes + 1);
            footprint.add(layout.ziplists() ? OBJECT + bytes + 2 : real, real);
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
        footprint.add(OBJECT, sizes.of(objectBytes()));
    }

    // Packed values and nodes of lists.

    public void packed(PackedForm form, long bytes, long count) {
        elements += form == PackedForm.LISTPACK_WITH_EXPIRY
                ? count / 3
                : type == ValueType.HASH || type == ValueType.SORTED_SET ? count / 2 : count;
        encoding = packed.add(form, bytes, count);
    }

    // Separate elements.

    public void table(long count) {
        isSeparate = true;
        elements = count;
        separate.begin(type);
    }

    public void field(long bytes, boolean integer) {
        separate.addField(bytes, integer);
    }

    public void fieldExpiry() {
        separate.addFieldExpiry();
    }

    public void element(long bytes, boolean integer) {
        if (type == ValueType.LIST) {
            elements++;
            packed.addElement(bytes, integer);
        } else {
            separate.add(bytes, integer);
        }
    }

    // Streams.

    public void streamNode(long listpackBytes) {
        stream.addNode(listpackBytes);
    }

    public void streamEnd(long entries, RadixTree tree) {
        elements = entries;
        encoding = Encoding.STREAM;
        object();
        stream.addStream(tree);
    }

    public void group(RadixTree pending) {
        stream.addGroup(pending);
    }

    public void consumer(long name, RadixTree pending) {
        stream.addConsumer(name, pending);
    }

    /// The key ends. Nothing is known of a module's value but its size in the file.
    public void end(long fileBytes) {
        switch (type) {
            case STRING, STREAM -> {}
            case LIST -> {
                object();
                encoding = packed.endList();
            }
            case SET, HASH, SORTED_SET -> {
                object();
                if (isSeparate) {
                    encoding = separate.end(elements);
                } else {
                    packed.endValue(encoding);
                }
            }
            case MODULE -> {
                object();
                encoding = Encoding.MODULE;
                footprint.add(fileBytes);
            }
        }
        name();
        usageBytes = Math.round(footprint.usage());
        allocatedBytes = Math.round(footprint.allocated());
    }

    private void name() {
        switch (layout.keys()) {
            case SEPARATE -> {
                footprint.add(sizes.ofString(nameBytes));
                footprint.addStructures(1, ENTRY);
            }
            case IN_ENTRY -> footprint.add(sizes.of(2L * POINTER + 1 + Sizes.stringBytes(nameBytes)));
            case IN_OBJECT -> {}
        }
        if (expires && layout.keys() != Layout.Keys.IN_OBJECT) {
            footprint.add(0, sizes.of(ENTRY));
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
