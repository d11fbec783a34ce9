package io.cachewright.study;

import io.cachewright.drawing.Words;
import java.util.List;

/// What a terminal and a page tell of a snapshot in the same tables.
final class SnapshotTables {

    private SnapshotTables() {}

    static StudyTable types(SnapshotView view) {
        return StudyTable.of(
                List.of("Type", "Encoding", ">Keys", ">Elements", ">Memory", ">In the file"),
                view.types(),
                type -> List.of(
                        type.type(),
                        type.encoding(),
                        Words.count(type.keys()),
                        Words.count(type.elements()),
                        Words.bytes(type.memoryBytes()),
                        Words.bytes(type.fileBytes())));
    }

    static StudyTable lifetimes(SnapshotView view) {
        return StudyTable.of(
                List.of("Time to live", ">Keys", ">Memory"),
                view.lifetimes(),
                lifetime -> List.of(
                        lifetime.timeToLive(), Words.count(lifetime.keys()), Words.bytes(lifetime.memoryBytes())));
    }

    static StudyTable databases(SnapshotView view) {
        return StudyTable.of(
                List.of("Database", ">Keys", ">Expiring", ">Memory"),
                view.databases(),
                database -> List.of(
                        String.valueOf(database.number()),
                        Words.count(database.keys()),
                        Words.count(database.expiring()),
                        Words.bytes(database.memoryBytes())));
    }

    static StudyTable biggestKeys(SnapshotView view) {
        return StudyTable.of(
                List.of("Key", ">DB", "Type", "Encoding", ">Elements", ">Memory"),
                view.biggestKeys(),
                key -> List.of(
                        key.name(),
                        String.valueOf(key.database()),
                        key.type(),
                        key.encoding(),
                        Words.count(key.elements()),
                        Words.bytes(key.memoryBytes())));
    }

    /// @param placeMax the most characters of an element's place
    static StudyTable biggestElements(SnapshotView view, int placeMax) {
        return StudyTable.of(
                List.of("Key", "Type", "Place", ">Bytes"),
                view.biggestElements(),
                element -> List.of(
                        element.key(),
                        element.type(),
                        Words.shortened(element.place(), placeMax),
                        Words.bytes(element.bytes())));
    }

    static StudyTable commands(SnapshotView.CommandLog log) {
        return StudyTable.of(
                List.of("Command", ">Count"), log.byName(), count -> List.of(count.name(), Words.count(count.count())));
    }
}
