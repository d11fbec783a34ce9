package io.cachewright.optimizer.report;

import io.cachewright.optimizer.diagnose.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a report says first: how many changes it recommends, else how much was found.
///
/// @param bySeverity how many of each severity, most severe first
record Headline(String text, SortedMap<Severity, Integer> bySeverity) {

    static Headline of(ReportView view) {
        List<Severity> standing = view.recommendations().stream()
                .filter(recommendation -> recommendation.withdrawn() == null)
                .map(ReportView.Recommendation::severity)
                .toList();
        List<Severity> found =
                view.notes().stream().map(ReportView.Note::severity).toList();
        if (!standing.isEmpty()) {
            return of(standing.size() + (standing.size() == 1 ? " change" : " changes") + " recommended", standing);
        }
        if (!view.recommendations().isEmpty() || !found.isEmpty()) {
            return of(found.size() + " found", found);
        }
        long unknown = view.coverage().stream()
                .filter(checked -> checked.verdict().equals("unknown"))
                .count();
        return of(
                unknown == 0
                        ? "Nothing to change."
                        : "Nothing found, but " + unknown + " of "
                                + view.coverage().size() + " judgements could not be made.",
                List.of());
    }

    private static Headline of(String text, List<Severity> severities) {
        SortedMap<Severity, Integer> bySeverity = new TreeMap<>(Comparator.reverseOrder());
        severities.forEach(severity -> bySeverity.merge(severity, 1, Integer::sum));
        return new Headline(text, bySeverity);
    }
}
