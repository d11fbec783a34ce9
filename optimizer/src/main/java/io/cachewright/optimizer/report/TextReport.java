package io.cachewright.optimizer.report;

import io.cachewright.drawing.Ink;
import io.cachewright.drawing.TextPage;
import io.cachewright.drawing.Words;
import io.cachewright.optimizer.report.ReportView.ChangeView;
import io.cachewright.optimizer.report.ReportView.Comparison;
import io.cachewright.optimizer.report.ReportView.Expectation;
import io.cachewright.optimizer.report.ReportView.Note;
import io.cachewright.optimizer.report.ReportView.Option;
import io.cachewright.optimizer.report.ReportView.Profile;
import io.cachewright.optimizer.report.ReportView.ProofView;
import io.cachewright.optimizer.report.ReportView.Question;
import io.cachewright.optimizer.report.ReportView.Recommendation;
import io.cachewright.optimizer.report.ReportView.Seen;
import io.cachewright.optimizer.report.ReportView.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The report for a terminal: the verdict first, then each recommendation as one block, then what could not be seen.
final class TextReport {

    /// How the outcome of a reading begins that is not whole.
    private static final String RAN_BUT = "ran; ";

    private static final int CHANGES_SHOWN_MAX = 6;
    private static final int FAMILIES_SHOWN_MAX = 8;

    private final Ink ink;
    private final TextPage page;

    TextReport(Ink ink) {
        this.ink = ink;
        this.page = new TextPage(ink);
    }

    String write(ReportView view) {
        headline(view);
        profile(view.profile());
        view.recommendations().forEach(this::recommendation);
        view.questions().forEach(this::question);
        notes(view.notes());
        trials(view.trials());
        settled(view.settled());
        if (view.isJudged()) {
            coverage(view);
        }
        return page.toString();
    }

    private void headline(ReportView view) {
        line(ink.bold(view.target()) + "  " + String.join("; ", view.servers()));
        line(Labels.moment(view));
        if (view.isJudged()) {
            Headline headline = Headline.of(view);
            String severities = headline.bySeverity().entrySet().stream()
                    .map(count -> count.getValue() + " " + Labels.severity(count.getKey()))
                    .collect(Collectors.joining(", "));
            line(ink.bold(headline.text()) + (severities.isEmpty() ? "" : " (" + severities + ")"));
        }
        line("");
    }

    private void profile(Profile profile) {
        List<String> numbers = new ArrayList<>();
        add(numbers, profile.opsPerSecond(), value -> Words.count(value) + " commands/s");
        add(numbers, profile.busyShare(), value -> "main thread " + Words.share(value) + " busy");
        add(numbers, profile.hitRatio(), value -> "hit ratio " + Words.share(value));
        add(numbers, profile.bytesInPerSecond(), value -> "in " + Words.bytes(value) + "/s");
        add(numbers, profile.bytesOutPerSecond(), value -> "out " + Words.bytes(value) + "/s");
        if (profile.keys() != null) {
            numbers.add(Words.count(profile.keys()) + " keys");
        }
        if (profile.usedBytes() != null) {
            numbers.add(Words.bytes(profile.usedBytes()) + " used");
        }
        if (!numbers.isEmpty()) {
            page.paragraph("", String.join(" · ", numbers));
        }
        profile.families().stream()
                .limit(FAMILIES_SHOWN_MAX)
                .forEach(family -> line(ink.dim(String.format(
                        Locale.ROOT,
                        "  %-34s %-18s %10s keys  %9s  %s",
                        family.pattern(),
                        family.useCase(),
                        Words.count(family.keys()),
                        Words.bytes(family.bytes()),
                        String.join(",", family.encodings())))));
        line("");
    }

    private static void add(
            List<String> numbers, @Nullable Double value, java.util.function.Function<Double, String> text) {
        if (value != null) {
            numbers.add(text.apply(value));
        }
    }

    private void recommendation(Recommendation r) {
        String right = String.join(", ", r.affects()) + " · ";
        String number = String.format(Locale.ROOT, "%2d", r.number());
        String title = r.finding();
        int gap = TextPage.WIDTH
                - 4
                - title.length()
                - right.length()
                - Labels.severity(r.severity()).length();
        line(ink.bold(number + "  " + title)
                + " ".repeat(Math.max(2, gap))
                + right
                + Labels.severity(r.severity(), ink));
        String label = "Seen";
        for (Seen seen : r.seen()) {
            page.paragraph(label, seen.text() + ink.dim("  [" + seen.source() + "]"));
            label = "";
        }
        if (r.withdrawn() != null) {
            page.paragraph("Withdrawn", ink.paint("1;31", r.withdrawn()));
        }
        page.paragraph("Change", r.title() + (r.practices().isEmpty() ? "" : "      code: java · python · go · c++"));
        r.changes().stream()
                .filter(change ->
                        change.kind().equals("parameter") || change.kind().equals("host"))
                .limit(CHANGES_SHOWN_MAX)
                .forEach(change -> page.paragraph("", changeLine(change)));
        page.paragraph("Why", r.reason());
        List<String> expect = new ArrayList<>();
        r.expect().forEach(e -> expect.add(expectation(e)));
        expect.addAll(r.protections());
        if (!expect.isEmpty()) {
            page.paragraph("Expect", String.join("; ", expect));
        }
        if (r.proof() != null) {
            page.paragraph("Proof", proof(r.proof()));
        }
        page.paragraph(
                "Costs",
                r.cost() + " · risk " + r.riskLevel() + ": " + r.risk()
                        + (r.conflictsWith().isEmpty()
                                ? ""
                                : " · conflicts with: "
                                        + r.conflictsWith().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(", "))));
        r.changes().stream()
                .map(ChangeView::undo)
                .filter(lines -> !lines.isEmpty())
                .findFirst()
                .ifPresent(lines -> page.paragraph("Undo", String.join("; ", lines)));
        for (Option option : r.options()) {
            page.paragraph("Or", option.title() + ": " + option.reason() + " (" + option.cost() + ")");
        }
        if (!r.alsoMends().isEmpty()) {
            page.paragraph("Also", "mends " + String.join(", ", r.alsoMends()));
        }
        line("");
    }

    private static String changeLine(ChangeView change) {
        return change.subject() + ": " + (change.from().isEmpty() ? "(empty)" : change.from()) + " → "
                + (change.to().isEmpty() ? "(empty)" : change.to())
                + (change.restart() == null ? "" : "   restart " + change.restart());
    }

    private static String expectation(Expectation e) {
        return e.metric().label() + " " + Words.change(e.expected()) + " (" + Words.change(e.low()) + " … "
                + Words.change(e.high()) + "; " + e.basis() + ")";
    }

    private String proof(ProofView proof) {
        String measured =
                proof.comparisons().stream().map(TextReport::comparison).collect(Collectors.joining("; "));
        return Labels.verdict(proof.verdict(), ink)
                + (measured.isEmpty() ? "" : "  " + measured)
                + (proof.reason().isEmpty() ? "" : "  (" + proof.reason() + ")")
                + (proof.setting().isEmpty() ? "" : ink.dim("  [" + proof.setting() + "]"));
    }

    private static String comparison(Comparison c) {
        return c.metric().label() + " " + Labels.value(c.metric(), c.baseline()) + " → "
                + Labels.value(c.metric(), c.candidate()) + " (" + Words.change(c.change()) + ", 95 % interval "
                + Words.change(c.low()) + " … " + Words.change(c.high()) + ", " + c.pairs() + " pairs)";
    }

    private void question(Question question) {
        line(ink.bold(" ?  " + question.text()) + ink.dim("   (" + question.requirement() + ")"));
        question.answers()
                .forEach(answer -> page.paragraph(
                        "",
                        answer.answer() + " → "
                                + (answer.changes().isEmpty()
                                        ? "nothing changes"
                                        : String.join("; ", answer.changes()))));
        line("");
    }

    private void notes(List<Note> notes) {
        if (notes.isEmpty()) {
            return;
        }
        line(ink.bold("Worth knowing"));
        for (Note note : notes) {
            page.paragraph(note.rule(), note.title() + " (" + Labels.severity(note.severity()) + ")");
            note.seen().forEach(seen -> page.paragraph("", seen.text() + ink.dim("  [" + seen.source() + "]")));
        }
        line("");
    }

    private void trials(List<ProofView> trials) {
        if (trials.isEmpty()) {
            return;
        }
        line(ink.bold("Often advised, and put through the same proof"));
        trials.forEach(trial -> page.paragraph("", trial.of() + ": " + proof(trial)));
        line("");
    }

    private void settled(List<Settled> settled) {
        if (settled.isEmpty()) {
            return;
        }
        line(ink.bold("Decided between"));
        settled.forEach(
                s -> page.paragraph("", s.subject() + ": " + s.winner() + " over " + s.loser() + ": " + s.reason()));
        line("");
    }

    private void coverage(ReportView view) {
        Map<String, Long> counts = view.coverage().stream()
                .collect(Collectors.groupingBy(ReportView.Checked::verdict, TreeMap::new, Collectors.counting()));
        line(ink.bold("Checked") + "  " + view.coverage().size() + " judgements: "
                + counts.getOrDefault("found", 0L) + " found, " + counts.getOrDefault("healthy", 0L) + " fine, "
                + counts.getOrDefault("not applicable", 0L) + " not applicable, "
                + counts.getOrDefault("unknown", 0L) + " unknown");
        Map<String, List<String>> unknown = view.coverage().stream()
                .filter(checked -> checked.verdict().equals("unknown"))
                .collect(Collectors.groupingBy(
                        ReportView.Checked::detail,
                        TreeMap::new,
                        Collectors.mapping(ReportView.Checked::rule, Collectors.toList())));
        unknown.forEach((reason, rules) -> page.paragraph(
                "Unknown", reason + "  (" + rules.stream().distinct().collect(Collectors.joining(", ")) + ")"));
        view.probes().stream()
                .map(ReportView.Probe::outcome)
                .filter(outcome -> outcome.startsWith(RAN_BUT))
                .forEach(outcome -> page.paragraph("Limits", outcome.substring(RAN_BUT.length())));
    }

    private void line(String text) {
        page.line(text);
    }
}
