package io.cachewright.study;

import io.cachewright.drawing.Bars;
import io.cachewright.drawing.Words;
import io.cachewright.study.PageWriter.Tile;
import java.util.List;

/// A trace as a page.
final class TraceHtml {

    private static final int KEYS_DRAWN_MAX = 12;

    String write(TraceView view) {
        PageWriter page = new PageWriter(view.tool(), view.source(), view.sourceKind());
        page.tiles(List.of(
                new Tile("accesses", Words.count(view.accesses())),
                new Tile("a second", Words.count(TraceText.perSecond(view))),
                new Tile("long", Words.duration(view.seconds() * 1e9)),
                new Tile("read", Words.share((double) view.reads() / view.accesses())),
                new Tile("keys", Words.count(view.keys())),
                new Tile("in all keys together", Words.bytes(view.values().keyBytes()))));
        page.soft(sentence(TraceText.values(view.values())));
        TraceView.Lifetimes lifetimes = view.lifetimes();
        if (lifetimes != null) {
            page.soft(sentence(TraceText.lifetimes(lifetimes)));
        }
        page.section("Popularity").paragraph(TraceText.once(view) + ".").table(TraceTables.popularity(view));
        CaptureView.Skew skew = view.skew();
        if (skew != null) {
            page.soft(RhythmHtml.skew(skew));
        }
        RhythmHtml.write("accesses", view.seconds(), view.bursts(), view.timeline(), page);
        page.section("Key families").table(TraceTables.families(view));
        page.section("Hottest keys")
                .drawing(
                        Bars.draw(
                                "Hottest keys",
                                view.hottest().stream()
                                        .limit(KEYS_DRAWN_MAX)
                                        .map(key ->
                                                new Bars.Bar(key.key(), key.accesses(), Words.count(key.accesses())))
                                        .toList()),
                        "With sizes",
                        TraceTables.hottest(view));
        return page.notes(view.notes()).finish();
    }

    private static String sentence(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }
}
