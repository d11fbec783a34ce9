package io.cachewright.snapshot.rdb;

import io.cachewright.domain.Engine;
import io.cachewright.snapshot.rdb.PackedValues.ElementSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads what single keys of an RDB file hold, wherever they stand: [RdbKey#fileFrom] tells where while the file is
/// walked. Of a large value the first elements are read, and not more bytes than asked for.
public final class ValueReader implements AutoCloseable {

    /// A blob that holds all elements is read whole, up to here; servers keep far smaller ones by default.
    private static final int BLOB_BYTES_MAX = 4 << 20;

    private final StoredBytes bytes;
    private final boolean valkey;
    private final Limits limits;
    private final PackedValues packed = new PackedValues();

    /// How much of a value is read.
    ///
    /// @param elements members, fields or entries
    /// @param bytes of all elements together; where the first element is longer, none is read
    /// @param headBytes of a string
    public record Limits(int elements, int bytes, int headBytes) {

        public static final Limits NONE = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private ValueReader(StoredBytes bytes, Engine engine, Limits limits) {
        this.bytes = bytes;
        this.valkey = engine == Engine.VALKEY;
        this.limits = limits;
    }

    /// @param engine that wrote the file, see [RdbFormat#engine]
    /// @throws UncheckedIOException when it cannot be read
    public static ValueReader open(Path rdb, Engine engine, Limits limits) {
        try {
            return new ValueReader(new StoredBytes(rdb), engine, limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The value of the key whose type stands at that byte.
    ///
    /// @throws MalformedSnapshot when what stands there is no key of an RDB file, or is damaged
    /// @throws UncheckedIOException when it cannot be read
    public StoredValue at(long offset) {
        bytes.goTo(offset);
        int type = bytes.unsignedByte();
        bytes.skipString();
        try {
            return value(type);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw bytes.malformed("a value contradicts itself");
        }
    }

    private StoredValue value(int type) {
        return switch (type) {
            case TypeNumber.STRING -> {
                byte[] head = bytes.string(limits.headBytes());
                yield new StoredValue.Text(head, bytes.stringLength());
            }
            case TypeNumber.LIST -> listed(separate(1, ValueReader::nothing));
            case TypeNumber.LIST_ZIPLIST -> listed(packed(PackedForm.ZIPLIST, 1, 1));
            case TypeNumber.LIST_QUICKLIST -> quicklist(false);
            case TypeNumber.LIST_QUICKLIST_2 -> quicklist(true);
            case TypeNumber.SET -> members(separate(1, ValueReader::nothing));
            case TypeNumber.SET_INTSET -> members(packed(PackedForm.INTSET, 1, 1));
            case TypeNumber.SET_LISTPACK -> members(packed(PackedForm.LISTPACK, 1, 1));
            case TypeNumber.ZSET -> sortedSet(false);
            case TypeNumber.ZSET_2 -> sortedSet(true);
            case TypeNumber.ZSET_ZIPLIST -> scored(packed(PackedForm.ZIPLIST, 2, 2));
            case TypeNumber.ZSET_LISTPACK -> scored(packed(PackedForm.LISTPACK, 2, 2));
            case TypeNumber.HASH -> fields(separate(2, ValueReader::nothing));
            case TypeNumber.HASH_ZIPMAP -> fields(packed(PackedForm.ZIPMAP, 2, 2));
            case TypeNumber.HASH_ZIPLIST -> fields(packed(PackedForm.ZIPLIST, 2, 2));
            case TypeNumber.HASH_LISTPACK -> fields(packed(PackedForm.LISTPACK, 2, 2));
            case TypeNumber.HASH_METADATA_PRE_GA ->
                valkey ? fields(separate(2, () -> bytes.skip(Long.BYTES))) : hashWithExpiry();
            case TypeNumber.HASH_METADATA -> {
                bytes.skip(Long.BYTES);
                yield hashWithExpiry();
            }
            case TypeNumber.HASH_LISTPACK_EX_PRE_GA -> fields(packed(PackedForm.LISTPACK_WITH_EXPIRY, 3, 2));
            case TypeNumber.HASH_LISTPACK_EX -> {
                bytes.skip(Long.BYTES);
                yield fields(packed(PackedForm.LISTPACK_WITH_EXPIRY, 3, 2));
            }
            case TypeNumber.STREAM_LISTPACKS,
                    TypeNumber.STREAM_LISTPACKS_2,
                    TypeNumber.STREAM_LISTPACKS_3,
                    TypeNumber.STREAM_LISTPACKS_4 -> new StoredStream(bytes, packed, type).read();
            default -> new StoredValue.Unread("values of modules are not looked at");
        };
    }

    private StoredValue listed(Taken taken) {
        return taken.isNothing() ? tooLarge() : new StoredValue.Listed(taken.parts);
    }

    private StoredValue members(Taken taken) {
        return taken.isNothing() ? tooLarge() : new StoredValue.Members(taken.parts);
    }

    private StoredValue scored(Taken taken) {
        return taken.isNothing() ? tooLarge() : new StoredValue.Scored(taken.parts);
    }

    private StoredValue fields(Taken taken) {
        return taken.isNothing() ? tooLarge() : new StoredValue.Fields(taken.parts);
    }

    private StoredValue tooLarge() {
        return new StoredValue.Unread("its elements are larger than " + limits.bytes() + " bytes each");
    }

    private static void nothing() {}

    /// Elements of `strings` strings each, with something behind each element.
    private Taken separate(int strings, Runnable behind) {
        Taken taken = new Taken(strings);
        long count = bytes.length();
        for (long i = 0; i < count && taken.wantsMore(); i++) {
            for (int j = 0; j < strings; j++) {
                takeString(taken);
            }
            behind.run();
        }
        return taken;
    }

    private void takeString(Taken taken) {
        byte[] string = bytes.string(limits.bytes());
        taken.add(string, 0, string.length, bytes.stringLength());
    }

    private StoredValue sortedSet(boolean binaryScores) {
        Taken taken = new Taken(2);
        long count = bytes.length();
        for (long i = 0; i < count && taken.wantsMore(); i++) {
            takeString(taken);
            byte[] score = (binaryScores ? Double.toString(bytes.doubleLittleEndian()) : bytes.writtenScore())
                    .getBytes(StandardCharsets.US_ASCII);
            taken.add(score, 0, score.length, score.length);
        }
        return scored(taken);
    }

    private StoredValue hashWithExpiry() {
        Taken taken = new Taken(2);
        long count = bytes.length();
        for (long i = 0; i < count && taken.wantsMore(); i++) {
            bytes.length();
            takeString(taken);
            takeString(taken);
        }
        return fields(taken);
    }

    private StoredValue quicklist(boolean second) {
        Taken taken = new Taken(1);
        long nodes = bytes.length();
        for (long i = 0; i < nodes && taken.wantsMore(); i++) {
            if (second && bytes.length() == RdbValues.QUICKLIST_PLAIN) {
                takeString(taken);
            } else {
                takePacked(second ? PackedForm.LISTPACK : PackedForm.ZIPLIST, taken, taken::add);
            }
        }
        return listed(taken);
    }

    /// Elements of `stride` strings each, the first `kept` of which are.
    private Taken packed(PackedForm form, int stride, int kept) {
        Taken taken = new Taken(kept);
        takePacked(form, taken, (index, blob, from, length) -> {
            if (index % stride < kept) {
                taken.add(index, blob, from, length);
            }
        });
        return taken;
    }

    private void takePacked(PackedForm form, Taken taken, ElementSink sink) {
        byte[] blob = bytes.string(BLOB_BYTES_MAX);
        if (blob.length < bytes.stringLength()) {
            taken.isFull = true;
            return;
        }
        long _ = PackedValues.count(form, blob, 0, blob.length, blob.length);
        long _ = packed.walk(form, blob, 0, blob.length, 0, sink);
    }

    /// Strings as long as there is room for them; whole elements only.
    private final class Taken {

        private final List<byte[]> parts = new ArrayList<>();
        private final int stringsOfElement;
        private long size;
        private boolean isFull;

        Taken(int stringsOfElement) {
            this.stringsOfElement = stringsOfElement;
        }

        boolean wantsMore() {
            return !isFull;
        }

        void add(long index, byte[] from, int at, int length) {
            add(from, at, length, length);
        }

        void add(byte[] from, int at, int length, long wholeLength) {
            if (isFull) {
                return;
            }
            size += wholeLength;
            if (size > limits.bytes()) {
                isFull = true;
                while (parts.size() % stringsOfElement != 0) {
                    parts.removeLast();
                }
                return;
            }
            parts.add(Arrays.copyOfRange(from, at, at + length));
            isFull = parts.size() / stringsOfElement >= limits.elements();
        }

        /// Not even the first element had room.
        boolean isNothing() {
            return isFull && parts.isEmpty();
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
