package io.cachewright.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text for a terminal: lines, labelled paragraphs and tables, none wider than [#WIDTH].
public final class TextPage {

    public static final int WIDTH = 118;

    private static final int LABEL_WIDTH = 9;
    private static final int FIRST_COLUMN_MIN = 8;
    private static final String INDENT = "    ";

    private final Ink ink;
    private final StringBuilder out = new StringBuilder();

    public TextPage(Ink ink) {
        this.ink = ink;
    }

    public Ink ink() {
        return ink;
    }

    public TextPage line(String text) {
        out.append(text).append('\n');
        return this;
    }

    /// A paragraph with its label at the left, wrapped between words; colour codes do not count.
    public TextPage paragraph(String label, String text) {
        String indent = INDENT + " ".repeat(LABEL_WIDTH);
        StringBuilder row = new StringBuilder(INDENT)
                .append(ink.dim(label))
                .append(" ".repeat(Math.max(1, LABEL_WIDTH - label.length())));
        int used = Math.max(indent.length(), INDENT.length() + label.length() + 1);
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            int length = Ink.visibleLength(word);
            if (!first && used + 1 + length > WIDTH) {
                line(row.toString().stripTrailing());
                row = new StringBuilder(indent);
                used = indent.length();
                first = true;
            }
            if (!first) {
                row.append(' ');
                used++;
            }
            row.append(word);
            used += length;
            first = false;
        }
        return line(row.toString().stripTrailing());
    }

    /// A heading and its table; columns are as wide as their widest cell, and the first gives way when that is too
    /// much. A heading that starts with `>` sets its column to the right.
    public TextPage table(List<String> headings, List<List<String>> rows) {
        int columns = headings.size();
        int[] widths = new int[columns];
        List<List<String>> all = new ArrayList<>(rows);
        all.addFirst(headings.stream().map(TextPage::title).toList());
        all.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        int total = 0;
        for (int width : widths) {
            total += width + 2;
        }
        widths[0] = Math.max(Math.min(FIRST_COLUMN_MIN, widths[0]), widths[0] - Math.max(0, total - WIDTH));
        for (int r = 0; r < all.size(); r++) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < columns; i++) {
                String cell = Words.shortened(all.get(r).get(i), widths[i]);
                boolean isRight = headings.get(i).startsWith(">");
                line.append(String.format(Locale.ROOT, isRight ? "%" + widths[i] + "s" : "%-" + widths[i] + "s", cell));
                line.append("  ");
            }
            String text = line.toString().stripTrailing();
            line(r == 0 ? ink.dim(text) : text);
        }
        return this;
    }

    private static String title(String heading) {
        return heading.startsWith(">") ? heading.substring(1) : heading;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
