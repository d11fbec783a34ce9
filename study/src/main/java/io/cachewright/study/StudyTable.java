package io.cachewright.study;

import io.cachewright.drawing.TextPage;
import java.util.List;
import java.util.function.Function;

/// A table of a study, for a terminal and for a page alike. Headings of numbers begin with `>`.
record StudyTable(List<String> headings, List<List<String>> rows) {

    StudyTable {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
    }

    /// A row for each item.
    static <T> StudyTable of(List<String> headings, List<T> items, Function<? super T, List<String>> row) {
        return new StudyTable(headings, items.stream().map(row).toList());
    }

    /// At most the first `count` rows.
    StudyTable first(int count) {
        return new StudyTable(headings, rows.subList(0, Math.min(count, rows.size())));
    }

    void writeTo(TextPage page) {
        page.table(headings, rows);
    }
}
