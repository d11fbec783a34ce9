package io.cachewright.optimizer.offline;

import io.cachewright.domain.Engine;
import io.cachewright.optimizer.prove.FamilySample;
import io.cachewright.snapshot.rdb.RdbFormat;
import io.cachewright.snapshot.rdb.RdbKey;
import io.cachewright.snapshot.rdb.RdbVisitor;
import io.cachewright.snapshot.rdb.RdbWalker;
import io.cachewright.snapshot.rdb.ValueType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// Keys of a snapshot, picked by the hash of their names: those with the smallest hashes, so that every key has
/// the same chance and the memory is bounded.
///
/// @param keys in the order of their hashes
/// @param share of the keys of these types that was picked
/// @param engine that wrote the file
record PickedKeys(List<Picked> keys, double share, Engine engine) {

    private static final int KEYS_MAX = 20_000;

    /// A single key of more bytes would take the place of all others on a server that is only filled with samples.
    private static final long KEY_BYTES_MAX = 4L << 20;

    /// One key. Callers must not change the array.
    ///
    /// @param from where its type stands in the file
    /// @param length bytes from there to its end
    // Keys are told apart by their places; nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    record Picked(byte[] name, FamilySample.Type type, long hash, long from, long length) {

        String text() {
            return new String(name, StandardCharsets.UTF_8);
        }
    }

    static PickedKeys from(Path rdb, RdbWalker.Progress progress) {
        Picker picker = new Picker();
        RdbWalker.walk(rdb, picker, progress);
        return picker.picked();
    }

    /// Only looks at names, types and places.
    private static final class Picker implements RdbVisitor {

        private final PriorityQueue<Picked> smallest =
                new PriorityQueue<>(Comparator.comparingLong(Picked::hash).reversed());
        private long seen;
        private Optional<FamilySample.Type> type = Optional.empty();
        private byte[] name = new byte[0];
        private long hash;
        private long from;
        private long attributeBytes;
        private Engine engine = Engine.REDIS;

        PickedKeys picked() {
            List<Picked> keys = smallest.stream()
                    .sorted(Comparator.comparingLong(Picked::hash))
                    .toList();
            return new PickedKeys(keys, seen == 0 ? 1 : (double) keys.size() / seen, engine);
        }

        @Override
        public void format(RdbFormat format) {
            engine = format.engine();
        }

        @Override
        public void key(RdbKey key) {
            type = typeOf(key.type());
            from = key.fileFrom();
            attributeBytes = key.attributeBytes();
            hash = NameHash.of(key);
            boolean isWanted =
                    smallest.size() < KEYS_MAX || hash < smallest.element().hash();
            if (type.isPresent() && isWanted) {
                name = Arrays.copyOfRange(key.name(), key.nameFrom(), key.nameFrom() + key.nameLength());
            }
        }

        @Override
        public void keyEnd(long fileBytes) {
            long length = fileBytes - attributeBytes;
            if (type.isEmpty() || length > KEY_BYTES_MAX) {
                return;
            }
            seen++;
            if (smallest.size() == KEYS_MAX) {
                if (hash >= smallest.element().hash()) {
                    return;
                }
                smallest.remove();
            }
            smallest.add(new Picked(name, type.get(), hash, from, length));
        }

        private static Optional<FamilySample.Type> typeOf(ValueType type) {
            return switch (type) {
                case HASH -> Optional.of(FamilySample.Type.HASH);
                case SORTED_SET -> Optional.of(FamilySample.Type.SORTED_SET);
                case SET -> Optional.of(FamilySample.Type.SET);
                case LIST -> Optional.of(FamilySample.Type.LIST);
                case STRING, STREAM, MODULE -> Optional.empty();
            };
        }
    }
}
