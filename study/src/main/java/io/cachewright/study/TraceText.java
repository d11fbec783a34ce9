package io.cachewright.study;

import io.cachewright.drawing.Ink;
import io.cachewright.drawing.TextPage;
import io.cachewright.drawing.Words;

/// A trace for a terminal.
final class TraceText {

    private static final int KEYS_SHOWN_MAX = 10;
    private static final int FAMILIES_SHOWN_MAX = 15;

    private final TextPage page;
    private final Ink ink;

    TraceText(Ink ink) {
        this.ink = ink;
        this.page = new TextPage(ink);
    }

    String write(TraceView view) {
        headline(view);
        popularity(view);
        families(view);
        hottest(view);
        new RhythmText(page, ink).write("accesses", view.gaps(), view.bursts(), view.timeline());
        view.notes().forEach(note -> page.paragraph("Note", note));
        return page.toString();
    }

    private void headline(TraceView view) {
        page.line(ink.bold(view.source()) + "  " + view.sourceKind());
        page.line(ink.bold(Words.count(view.accesses()) + " accesses") + " to " + Words.count(view.keys())
                + " keys in " + Words.duration(view.seconds() * 1e9) + " (" + Words.count(perSecond(view)) + "/s) · "
                + mix(view));
        page.line(values(view.values()));
        TraceView.Lifetimes lifetimes = view.lifetimes();
        if (lifetimes != null) {
            page.line(lifetimes(lifetimes));
        }
        page.line("");
    }

    static double perSecond(TraceView view) {
        return view.seconds() > 0 ? view.accesses() / view.seconds() : view.accesses();
    }

    static String mix(TraceView view) {
        return Words.share(share(view.reads(), view)) + " read, " + Words.share(share(view.writes(), view)) + " write, "
                + Words.share(share(view.deletes(), view)) + " delete";
    }

    private static double share(long part, TraceView view) {
        return (double) part / view.accesses();
    }

    static String values(TraceView.Sizes sizes) {
        return "values: half at most " + Words.bytes(sizes.p50Bytes()) + ", 99 % at most "
                + Words.bytes(sizes.p99Bytes())
                + ", largest " + Words.bytes(sizes.maxBytes()) + " · " + Words.bytes(sizes.keyBytes())
                + " in all keys together";
    }

    static String lifetimes(TraceView.Lifetimes lifetimes) {
        return "times to live: of " + Words.share(lifetimes.share()) + " of the accesses, half at most "
                + Words.duration(lifetimes.p50Seconds() * 1e9) + ", longest "
                + Words.duration(lifetimes.maxSeconds() * 1e9);
    }

    private void popularity(TraceView view) {
        page.line(ink.bold("Popularity") + "  " + once(view));
        TraceTables.popularity(view).writeTo(page);
        CaptureView.Skew skew = view.skew();
        if (skew != null) {
            page.line(ink.dim("  " + RhythmText.skew(skew)));
        }
        page.line("");
    }

    static String once(TraceView view) {
        return Words.count(view.keysOnce()) + " keys (" + Words.share((double) view.keysOnce() / view.keys())
                + ") are accessed once: no cache helps them";
    }

    private void families(TraceView view) {
        page.line(ink.bold("Key families"));
        TraceTables.families(view).first(FAMILIES_SHOWN_MAX).writeTo(page);
        page.line("");
    }

    private void hottest(TraceView view) {
        page.line(ink.bold("Hottest keys"));
        TraceTables.hottest(view).first(KEYS_SHOWN_MAX).writeTo(page);
        page.line("");
    }
}
