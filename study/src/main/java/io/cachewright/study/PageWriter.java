package io.cachewright.study;

import io.cachewright.drawing.Html;
import io.cachewright.drawing.Page;
import java.util.List;

/// What the pages of all studies are put together from.
final class PageWriter {

    private final Html html = new Html();
    private final String title;

    PageWriter(String tool, String title, String subtitle) {
        this.title = title;
        html.element("p class=\"soft small\"", "Cachewright " + tool)
                .element("h1", title)
                .element("p class=\"soft\"", subtitle);
    }

    /// A number with its name, in a row of them.
    record Tile(String label, String value) {}

    PageWriter tiles(List<Tile> tiles) {
        html.raw("<div class=\"tiles\">");
        tiles.forEach(tile -> html.raw("<div class=\"tile\">")
                .element("b", tile.value())
                .element("span class=\"soft small\"", tile.label())
                .raw("</div>"));
        html.raw("</div>");
        return this;
    }

    PageWriter section(String heading) {
        html.element("h2", heading);
        return this;
    }

    PageWriter paragraph(String text) {
        html.element("p", text);
        return this;
    }

    PageWriter soft(String text) {
        html.element("p class=\"soft small\"", text);
        return this;
    }

    /// A drawing on its own card.
    PageWriter drawing(String markup) {
        html.raw("<div class=\"card\">" + markup + "</div>");
        return this;
    }

    /// The same with its numbers folded away beneath.
    PageWriter drawing(String markup, String foldedTitle, StudyTable numbers) {
        html.raw("<div class=\"card\">" + markup + "<details><summary>")
                .text(foldedTitle)
                .raw("</summary>");
        rawTable(numbers.headings(), numbers.rows());
        html.raw("</details></div>");
        return this;
    }

    PageWriter table(StudyTable table) {
        html.raw("<div class=\"card\">");
        rawTable(table.headings(), table.rows());
        html.raw("</div>");
        return this;
    }

    /// A card of one's own making.
    PageWriter card(Html content) {
        html.raw("<div class=\"card\">" + content + "</div>");
        return this;
    }

    PageWriter notes(List<String> notes) {
        if (!notes.isEmpty()) {
            section("What limits this");
            html.raw("<div class=\"card\">");
            notes.forEach(note -> html.element("p", note));
            html.raw("</div>");
        }
        return this;
    }

    String finish() {
        return Page.of("Cachewright: " + title, html);
    }

    /// A heading that starts with `>` sets its column to the right.
    private void rawTable(List<String> headings, List<List<String>> rows) {
        html.raw("<div class=\"scroll\"><table class=\"numbers\"><tr>");
        headings.forEach(heading -> html.element(
                heading.startsWith(">") ? "th class=\"right\"" : "th",
                heading.startsWith(">") ? heading.substring(1) : heading));
        html.raw("</tr>");
        for (List<String> row : rows) {
            html.raw("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.element(headings.get(i).startsWith(">") ? "td class=\"right\"" : "td", row.get(i));
            }
            html.raw("</tr>");
        }
        html.raw("</table></div>");
    }
}
