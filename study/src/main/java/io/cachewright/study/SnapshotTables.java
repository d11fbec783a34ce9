package io.cachewright.study;

import io.cachewright.drawing.Words;
import java.util.List;

/// What a terminal and a page tell of a snapshot in the same tables. Headings of numbers begin with `>`.
record SnapshotTable(List<String> headings, List<List<String>> rows) {

    static SnapshotTable types(SnapshotView view) {
        return new SnapshotTable(
                List.of("Type", "Encoding", ">Keys", ">Elements", ">Memory", ">In the file"),
                view.types().stream()
                        .map(type -> List.of(
                                type.type(),
                                type.encoding(),
                                Words.count(type.keys()),
                                Words.count(type.elements()),
                                Words.bytes(type.memoryBytes()),
                                Words.bytes(type.fileBytes())))
                        .toList());
    }

    static SnapshotTable databases(SnapshotView view) {
        return new SnapshotTable(
                List.of("Database", ">Keys", ">Expiring", ">Memory"),
                view.databases().stream()
                        .map(database -> List.of(
                                String.valueOf(database.number()),
                                Words.count(database.keys()),
                                Words.count(database.expiring()),
                                Words.bytes(database.memoryBytes())))
                        .toList());
    }
}
