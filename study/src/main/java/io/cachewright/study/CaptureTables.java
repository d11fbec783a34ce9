package io.cachewright.study;

import io.cachewright.drawing.TextCurve;
import io.cachewright.drawing.Words;
import io.cachewright.study.CaptureView.HotKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// What a terminal and a page tell of a capture in the same tables.
final class CaptureTables {

    private CaptureTables() {}

    /// Latencies where the capture tells them.
    static StudyTable mix(CaptureView view) {
        boolean isTimed = view.mix().stream().anyMatch(command -> command.latency() != null);
        List<String> headings = new ArrayList<>(List.of("Command", ">Count", ">Share", "", ">Bytes", ">Errors"));
        if (isTimed) {
            headings.addAll(List.of(">p50", ">p99", ">Max"));
        }
        return StudyTable.of(headings, view.mix(), command -> row(command, isTimed));
    }

    private static List<String> row(CaptureView.Command command, boolean isTimed) {
        List<String> cells = new ArrayList<>(List.of(
                command.name(),
                Words.count(command.count()),
                Words.share(command.share()),
                TextCurve.bar(command.share(), 20),
                Words.bytes(command.bytes()),
                Words.count(command.errors())));
        if (isTimed) {
            CaptureView.Latency latency = command.latency();
            cells.addAll(
                    latency == null
                            ? List.of("", "", "")
                            : List.of(
                                    Words.duration(latency.p50Nanos()),
                                    Words.duration(latency.p99Nanos()),
                                    Words.duration(latency.maxNanos())));
        }
        return cells;
    }

    static StudyTable families(CaptureView view) {
        return StudyTable.of(
                List.of("Family", "Use case", ">Keys", ">Requests", ">Share", ">Reads", ">Writes", ">Bytes"),
                view.families(),
                family -> List.of(
                        family.pattern(),
                        family.useCase(),
                        Words.count(family.keys()),
                        Words.count(family.requests()),
                        Words.share(family.share()),
                        Words.count(family.reads()),
                        Words.count(family.writes()),
                        Words.bytes(family.bytes())));
    }

    /// @param words how what is counted is told
    static StudyTable hot(List<HotKey> keys, LongFunction<String> words) {
        return StudyTable.of(
                List.of("Key", ">At most", ">Too much by at most", ">Share"),
                keys,
                key -> List.of(
                        key.key(), words.apply(key.estimate()), words.apply(key.errorMax()), Words.share(key.share())));
    }
}
