package io.cachewright.study;

import io.cachewright.drawing.Ink;

/// Writes a view for one kind of reader.
public final class Rendering {

    private Rendering() {}

    /// For a terminal.
    public static String text(View view, Ink ink) {
        return switch (view) {
            case SnapshotView snapshot -> new SnapshotText(ink).write(snapshot);
            case CaptureView capture -> new CaptureText(ink).write(capture);
            case TraceView trace -> new TraceText(ink).write(trace);
            case SizeView size -> new SizeText(ink).write(size);
            case SnapshotSizeView size -> new SnapshotSizeText(ink).write(size);
        };
    }

    /// For a program.
    public static String json(View view) {
        return RecordJson.write((Record) view) + "\n";
    }

    /// For a browser: one page that needs no network.
    public static String html(View view) {
        return switch (view) {
            case SnapshotView snapshot -> new SnapshotHtml().write(snapshot);
            case CaptureView capture -> new CaptureHtml().write(capture);
            case TraceView trace -> new TraceHtml().write(trace);
            case SizeView size -> new SizeHtml().write(size);
            case SnapshotSizeView size -> new SnapshotSizeHtml().write(size);
        };
    }
}
