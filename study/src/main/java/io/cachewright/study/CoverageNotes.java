package io.cachewright.study;

import io.cachewright.capture.command.Coverage;
import java.util.List;

/// What was lost or left out while a capture was read, for people.
final class CoverageNotes {

    private CoverageNotes() {}

    static List<String> of(Coverage coverage) {
        return coverage.notes().stream()
                .map(note -> note.count() + " " + note.what()
                        + (note.examples().isEmpty()
                                ? ""
                                : ", for example " + note.examples().getFirst()))
                .toList();
    }
}
