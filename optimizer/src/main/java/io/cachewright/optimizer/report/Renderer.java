package io.cachewright.optimizer.report;

import io.cachewright.drawing.Ink;

/// Writes a report for one kind of reader.
public final class Renderer {

    /// How a report is written.
    public enum Format {
        TEXT,
        JSON,
        HTML
    }

    private Renderer() {}

    /// @param colours whether the reader is a terminal that shows colours; only text uses it
    public static String render(ReportView view, Format format, boolean colours) {
        return switch (format) {
            case TEXT -> new TextReport(colours ? Ink.COLOURED : Ink.PLAIN).write(view);
            case JSON -> JsonReport.write(view);
            case HTML -> HtmlReport.write(view);
        };
    }
}
