package io.cachewright.study;

import io.cachewright.drawing.Words;
import java.util.List;

/// What a terminal and a page tell of a trace in the same tables.
final class TraceTables {

    private TraceTables() {}

    static StudyTable popularity(TraceView view) {
        return StudyTable.of(
                List.of("Hottest keys", ">Keys", ">Of all accesses"),
                view.popularity(),
                popularity -> List.of(
                        Words.share(popularity.keyShare()),
                        Words.count(popularity.keys()),
                        Words.share(popularity.accessShare())));
    }

    static StudyTable families(TraceView view) {
        return StudyTable.of(
                List.of("Family", "Use case", ">Keys", ">Accesses", ">Share", ">Reads", ">Writes", ">Bytes"),
                view.families(),
                family -> List.of(
                        family.pattern(),
                        family.useCase(),
                        Words.count(family.keys()),
                        Words.count(family.accesses()),
                        Words.share(family.share()),
                        Words.count(family.reads()),
                        Words.count(family.writes()),
                        Words.bytes(family.bytes())));
    }

    static StudyTable hottest(TraceView view) {
        return StudyTable.of(
                List.of("Key", ">Accesses", ">Share", ">Value"),
                view.hottest(),
                key -> List.of(
                        key.key(),
                        Words.count(key.accesses()),
                        Words.share(key.share()),
                        Words.bytes(key.valueBytes())));
    }
}
