package io.cachewright.study;

import io.cachewright.drawing.Bars;
import io.cachewright.drawing.Html;
import io.cachewright.drawing.Words;
import io.cachewright.study.CaptureView.AntiPattern;
import io.cachewright.study.CaptureView.HotKey;
import io.cachewright.study.PageWriter.Tile;
import java.util.List;
import java.util.function.LongFunction;

/// A capture as a page.
final class CaptureHtml {

    private static final int KEYS_DRAWN_MAX = 12;

    String write(CaptureView view) {
        PageWriter page = new PageWriter(
                view.tool(), view.source(), view.sourceKind() + (view.from() == null ? "" : " · from " + view.from()));
        page.tiles(List.of(
                new Tile("commands", Words.count(view.commands())),
                new Tile("a second", Words.count(view.seconds() > 0 ? view.commands() / view.seconds() : 0)),
                new Tile("long", Words.duration(view.seconds() * 1e9)),
                new Tile("read", Words.share(share(view.reads(), view))),
                new Tile("connections", Words.count(view.clients())),
                new Tile("keys, about", Words.count(view.keys()))));
        CaptureView.Skew skew = view.skew();
        if (skew != null) {
            page.soft(RhythmHtml.skew(skew));
        }
        antiPatterns(view, page);
        RhythmHtml.write("commands", view.seconds(), view.bursts(), view.timeline(), page);
        page.section("Commands").table(CaptureTables.mix(view));
        if (!view.families().isEmpty()) {
            page.section("Key families" + CaptureText.estimated(view)).table(CaptureTables.families(view));
        }
        hot("Hottest keys by requests", view.hotByRequests(), Words::count, page);
        hot("Hottest keys by bytes", view.hotByBytes(), Words::bytes, page);
        hot("Hottest keys by time on the wire", view.hotByTime(), nanos -> Words.duration((double) nanos), page);
        return page.notes(view.notes()).finish();
    }

    private static void antiPatterns(CaptureView view, PageWriter page) {
        page.section(view.antiPatterns().isEmpty() ? "No anti-pattern was seen" : "Anti-patterns");
        for (AntiPattern seen : view.antiPatterns()) {
            Html html = new Html()
                    .raw("<div class=\"head\">")
                    .element("h3", seen.id() + "  " + seen.title())
                    .raw("<span>")
                    .element(
                            "span class=\"tag " + (seen.severity().equals("corrupts") ? "critical" : "medium") + "\"",
                            seen.severity())
                    .raw(" ")
                    .element("span class=\"soft small\"", CaptureText.times(seen.count()))
                    .raw("</span></div><dl>")
                    .element("dt", "Costs")
                    .element("dd", CaptureText.cost(seen));
            if (!seen.families().isEmpty()) {
                html.element("dt", "Keys").element("dd", String.join(", ", seen.families()));
            }
            html.element("dt", "Better").element("dd", seen.better()).raw("</dl>");
            html.element("pre", String.join("\n", seen.example()));
            page.card(html);
        }
    }

    private static void hot(String title, List<HotKey> keys, LongFunction<String> words, PageWriter page) {
        if (!keys.isEmpty()) {
            page.section(title)
                    .drawing(
                            Bars.draw(
                                    title,
                                    keys.stream()
                                            .limit(KEYS_DRAWN_MAX)
                                            .map(key -> new Bars.Bar(
                                                    key.key(), key.estimate(), words.apply(key.estimate())))
                                            .toList()),
                            "With error bounds",
                            CaptureTables.hot(keys, words));
        }
    }

    private static double share(long part, CaptureView view) {
        return view.commands() == 0 ? 0 : (double) part / view.commands();
    }
}
