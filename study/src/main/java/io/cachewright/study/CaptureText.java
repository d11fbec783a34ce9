package io.cachewright.study;

import io.cachewright.drawing.Ink;
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
        new RhythmText(page, ink).write("commands", view.gaps(), view.bursts(), view.timeline());
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
            page.line(ink.dim(RhythmText.skew(skew)));
        }
        page.line("");
    }

    private static double share(long part, CaptureView view) {
        return view.commands() == 0 ? 0 : (double) part / view.commands();
    }

    private void antiPatterns(CaptureView view) {
        page.line(ink.bold(
                view.antiPatterns().isEmpty()
                        ? "No anti-pattern was seen."
                        : view.antiPatterns().size() == 1
                                ? "One anti-pattern was seen"
                                : view.antiPatterns().size() + " anti-patterns were seen"));
        for (AntiPattern seen : view.antiPatterns()) {
            page.line(" " + ink.bold(seen.id() + "  " + seen.title()) + "  " + severity(seen.severity()) + ", "
                    + times(seen.count()));
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

    static String times(long count) {
        return count == 1 ? "once" : Words.count(count) + " times";
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
        return parts.isEmpty() ? stake(seen.severity()) : String.join(", ", parts) + " that need not be";
    }

    private static String stake(String severity) {
        return switch (severity) {
            case "memory" -> "what it costs is memory";
            case "security" -> "what it costs is safety";
            case "performance" -> "what it costs is time";
            default -> "what it costs is correctness";
        };
    }

    private void mix(CaptureView view) {
        page.line(ink.bold("Commands"));
        CaptureTables.mix(view).first(COMMANDS_SHOWN_MAX).writeTo(page);
        page.line("");
    }

    private void families(CaptureView view) {
        if (view.families().isEmpty()) {
            return;
        }
        page.line(ink.bold("Key families") + estimated(view));
        CaptureTables.families(view).first(FAMILIES_SHOWN_MAX).writeTo(page);
        page.line("");
    }

    /// What to add to a heading where families are estimates.
    static String estimated(CaptureView view) {
        return view.familyShare() < 1 ? ", estimated from " + Words.share(view.familyShare()) + " of the keys" : "";
    }

    private void hot(String title, List<HotKey> keys, LongFunction<String> words) {
        if (keys.isEmpty()) {
            return;
        }
        page.line(ink.bold(title));
        CaptureTables.hot(keys, words).first(KEYS_SHOWN_MAX).writeTo(page);
        page.line("");
    }
}
