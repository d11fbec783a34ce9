package io.cachewright.study;

import io.cachewright.drawing.Bars;
import io.cachewright.drawing.Html;
import io.cachewright.drawing.Words;
import io.cachewright.study.PageWriter.Tile;
import io.cachewright.study.SnapshotSizeView.Encoding;
import io.cachewright.study.SnapshotSizeView.Operation;
import java.util.List;

/// What-ifs of a snapshot as a page.
final class SnapshotSizeHtml {

    String write(SnapshotSizeView view) {
        PageWriter page = new PageWriter(view.tool(), view.source(), view.format());
        page.tiles(List.of(
                new Tile("keys", Words.count(view.keys())),
                new Tile("in memory of " + view.model(), Words.bytes(view.memoryBytes()))));
        page.section("The same keys in other servers")
                .drawing(Bars.draw(
                        "memory by server",
                        view.servers().stream()
                                .map(server -> new Bars.Bar(
                                        server.server(),
                                        server.memoryBytes(),
                                        Words.bytes(server.memoryBytes()) + "  " + Words.change(server.change())))
                                .toList()));
        if (!view.encodings().isEmpty()) {
            page.section("Other encoding limits");
            page.soft("A sample of each family was loaded into a server with the limit of today and into one with the"
                    + " other; memory was read from both, and operations were run on both in turn.");
            view.encodings().forEach(one -> page.card(encoding(one)));
            if (view.encodingsSetting() != null) {
                page.soft(view.encodingsSetting());
            }
        }
        return page.notes(view.notes()).finish();
    }

    private static Html encoding(Encoding one) {
        Html html = new Html()
                .element("h3", one.family())
                .raw("<p><code>")
                .text(one.parameter() + " " + one.from() + " → " + one.to())
                .raw("</code> ")
                .element("span class=\"soft\"", one.reason())
                .raw("</p>")
                .element("p", one.conclusion());
        html.raw(Bars.draw(
                "memory of the sample",
                List.of(
                        new Bars.Bar(
                                "today: " + names(one.before()),
                                one.before().memoryUsageBytes(),
                                Words.bytes(one.before().memoryUsageBytes())),
                        new Bars.Bar(
                                "then: " + names(one.after()),
                                one.after().memoryUsageBytes(),
                                Words.bytes(one.after().memoryUsageBytes()) + "  "
                                        + Words.change(one.memoryChange())))));
        html.element(
                "p class=\"small soft\"",
                (one.savedBytes() >= 0
                                ? Words.bytes(one.savedBytes()) + " less"
                                : Words.bytes(-one.savedBytes()) + " more")
                        + " for the family's keys, about " + Words.count(one.keys()) + "; " + one.sampleKeys()
                        + " were loaded");
        html.raw(
                        "<div class=\"scroll\"><table class=\"numbers\"><tr><th>Operation</th><th>Verdict</th><th class=\"right\">Server time</th>")
                .raw("<th class=\"right\">Change</th><th class=\"right\">95 % interval</th></tr>");
        one.operations().forEach(operation -> row(html, operation));
        return html.raw("</table></div>");
    }

    private static void row(Html html, Operation operation) {
        html.raw("<tr>").element("td", operation.operation());
        html.raw("<td>")
                .element("span class=\"tag " + operation.verdict().replace(' ', '-') + "\"", operation.verdict())
                .raw("</td>");
        if (operation.nanosBefore() == null
                || operation.nanosAfter() == null
                || operation.change() == null
                || operation.low() == null
                || operation.high() == null) {
            html.raw("<td></td><td></td><td></td></tr>");
            return;
        }
        html.element(
                        "td class=\"right\"",
                        Words.duration(operation.nanosBefore()) + " → " + Words.duration(operation.nanosAfter()))
                .element("td class=\"right\"", Words.change(operation.change()))
                .element("td class=\"right\"", Words.change(operation.low()) + " … " + Words.change(operation.high()))
                .raw("</tr>");
    }

    private static String names(SnapshotSizeView.Stored stored) {
        return String.join(
                ", ",
                stored.encodings().stream()
                        .map(SnapshotSizeView.Count::encoding)
                        .toList());
    }
}
