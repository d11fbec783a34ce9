package io.cachewright.study;

import io.cachewright.drawing.Ink;
import io.cachewright.drawing.TextCurve;
import io.cachewright.drawing.TextPage;
import io.cachewright.drawing.Words;
import io.cachewright.study.CaptureView.AntiPattern;
import io.cachewright.study.CaptureView.HotKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// A capture for a terminal.
final class CaptureText {

    private static final int COMMANDS_SHOWN_MAX = 12;
    private static final int KEYS_SHOWN_MAX = 10;
    private static final int FAMILIES_SHOWN_MAX = 15;
    private static final int SPARKS = 100;
    private static final int LINE_SHOWN_MAX = 104;

    private final TextPage page;
    private final Ink ink;

    CaptureText(Ink ink) {
        this.ink = ink;
        this.page = new TextPage(ink);
    }

    String write(CaptureView view) {
        headline(view);
        antiPatterns(view);
        mix(view);
        families(view);
        hot("Hottest keys by requests", view.hotByRequests(), Words::count);
        hot("Hottest keys by bytes", view.hotByBytes(), Words::bytes);
        hot("Hottest keys by time on the wire", view.hotByTime(), nanos -> Words.duration((double) nanos));
        bursts(view);
        view.notes().forEach(note -> page.paragraph("Note", note));
        return page.toString();
    }

    private void headline(CaptureView view) {
        page.line(ink.bold(view.source()) + "  " + view.sourceKind());
        page.line(ink.bold(Words.count(view.commands()) + " commands") + " in " + Words.duration(view.seconds() * 1e9)
                + " (" + Words.count(view.seconds() > 0 ? view.commands() / view.seconds() : view.commands())
                + "/s) from " + Words.count(view.clients()) + " connections · " + Words.share(share(view.reads(), view))
                + " read, " + Words.share(share(view.writes(), view)) + " write · about " + Words.count(view.keys())
                + " keys");
        CaptureView.Skew skew = view.skew();
        if (skew != null) {
            page.line(ink.dim("skew: Zipf exponent " + Words.significant(skew.exponent()) + " over the " + skew.ranks()
                    + " hottest keys, " + fit(skew.distance())));
        }
        page.line("");
    }

    static String fit(double distance) {
        return distance < 0.05 ? "which describes them well" : distance <= 0.1 ? "roughly" : "which does not fit well";
    }

    private static double share(long part, CaptureView view) {
        return view.commands() == 0 ? 0 : (double) part / view.commands();
    }

    private void antiPatterns(CaptureView view) {
        page.line(ink.bold(
                view.antiPatterns().isEmpty()
                        ? "No anti-pattern was seen."
                        : view.antiPatterns().size() + " anti-patterns were seen"));
        for (AntiPattern seen : view.antiPatterns()) {
            page.line(" " + ink.bold(seen.id() + "  " + seen.title()) + "  " + severity(seen.severity()) + ", "
                    + Words.count(seen.count()) + " times");
            page.paragraph("Costs", cost(seen));
            if (!seen.families().isEmpty()) {
                page.paragraph("Keys", String.join(", ", seen.families()));
            }
            String label = "Seen";
            for (String line : seen.example()) {
                page.line("    " + ink.dim(label) + " ".repeat(9 - label.length())
                        + Words.shortened(line, LINE_SHOWN_MAX));
                label = "";
            }
            page.paragraph("Better", seen.better());
        }
        page.line("");
    }

    private String severity(String severity) {
        return severity.equals("corrupts") ? ink.paint("1;31", severity) : ink.paint("33", severity);
    }

    static String cost(AntiPattern seen) {
        List<String> parts = new ArrayList<>();
        if (seen.extraRoundTrips() > 0) {
            parts.add(Words.count(seen.extraRoundTrips()) + " round trips");
        }
        if (seen.extraBytes() > 0) {
            parts.add(Words.bytes(seen.extraBytes()) + " on the wire");
        }
        if (seen.extraNanos() > 0) {
            parts.add(Words.duration((double) seen.extraNanos()) + " of time on the wire");
        }
        return parts.isEmpty() ? "what it costs is correctness" : String.join(", ", parts) + " that need not be";
    }

    private void mix(CaptureView view) {
        boolean isTimed = view.mix().stream().anyMatch(command -> command.latency() != null);
        page.line(ink.bold("Commands"));
        List<String> headings = new ArrayList<>(List.of("Command", ">Count", ">Share", "", ">Bytes", ">Errors"));
        if (isTimed) {
            headings.addAll(List.of(">p50", ">p99", ">Max"));
        }
        page.table(
                headings,
                view.mix().stream()
                        .limit(COMMANDS_SHOWN_MAX)
                        .map(command -> row(command, isTimed))
                        .toList());
        page.line("");
    }

    static List<String> row(CaptureView.Command command, boolean isTimed) {
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

    private void families(CaptureView view) {
        if (view.families().isEmpty()) {
            return;
        }
        page.line(ink.bold("Key families")
                + (view.familyShare() < 1
                        ? "  estimated from " + Words.share(view.familyShare()) + " of the keys"
                        : ""));
        page.table(
                List.of("Family", "Use case", ">Keys", ">Requests", ">Share", ">Reads", ">Writes", ">Bytes"),
                view.families().stream()
                        .limit(FAMILIES_SHOWN_MAX)
                        .map(CaptureText::row)
                        .toList());
        page.line("");
    }

    static List<String> row(CaptureView.Family family) {
        return List.of(
                family.pattern(),
                family.useCase(),
                Words.count(family.keys()),
                Words.count(family.requests()),
                Words.share(family.share()),
                Words.count(family.reads()),
                Words.count(family.writes()),
                Words.bytes(family.bytes()));
    }

    private void hot(String title, List<HotKey> keys, LongFunction<String> words) {
        if (keys.isEmpty()) {
            return;
        }
        page.line(ink.bold(title));
        page.table(
                List.of("Key", ">At most", ">Too much by at most", ">Share"),
                keys.stream()
                        .limit(KEYS_SHOWN_MAX)
                        .map(key -> List.of(
                                key.key(),
                                words.apply(key.estimate()),
                                words.apply(key.errorMax()),
                                Words.share(key.share())))
                        .toList());
        page.line("");
    }

    private void bursts(CaptureView view) {
        page.line(ink.bold("Bursts") + "  gaps between commands: half below "
                + Words.duration((double) view.gaps().p50Nanos()) + ", 99 % below "
                + Words.duration((double) view.gaps().p99Nanos()) + ", longest "
                + Words.duration((double) view.gaps().maxNanos()));
        page.table(
                List.of("Within", ">Most commands", ">At", ">Mean", ">Times the mean"),
                view.bursts().stream().map(CaptureText::row).toList());
        List<Double> rates = resampled(view.timeline().commands());
        page.line("  "
                + TextCurve.sparkline(
                        rates,
                        0,
                        rates.stream().mapToDouble(Double::doubleValue).max().orElse(1)));
        page.line("");
    }

    static List<String> row(CaptureView.Burst burst) {
        return List.of(
                Words.duration(burst.widthSeconds() * 1e9),
                Words.count(burst.peak()),
                "+" + Words.duration(burst.atSeconds() * 1e9),
                Words.count(burst.mean()),
                Words.significant(burst.ratio()));
    }

    /// The highest of each stretch, so that no burst is smoothed away.
    private static List<Double> resampled(List<Long> commands) {
        int columns = Math.min(SPARKS, commands.size());
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            int from = i * commands.size() / columns;
            int to = Math.max(from + 1, (i + 1) * commands.size() / columns);
            rates.add(commands.subList(from, to).stream()
                    .mapToDouble(Long::doubleValue)
                    .max()
                    .orElse(0));
        }
        return rates;
    }
}
