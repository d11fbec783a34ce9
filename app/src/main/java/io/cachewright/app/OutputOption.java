package io.cachewright.app;

import io.cachewright.drawing.Ink;
import io.cachewright.optimizer.report.Renderer.Format;
import io.cachewright.study.Rendering;
import io.cachewright.study.View;
import picocli.CommandLine.Option;

/// `-o`: how a result is written to standard output.
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "${env:CACHEWRIGHT_OUTPUT:-text}",
            description = "How the result is written: ${COMPLETION-CANDIDATES} (default: text).")
    private Format format = Format.TEXT;

    Format format() {
        return format;
    }

    /// Writes a view to standard output.
    void show(View view, Console console) {
        console.result(
                switch (format) {
                    case TEXT -> Rendering.text(view, console.colours() ? Ink.COLOURED : Ink.PLAIN);
                    case JSON -> Rendering.json(view);
                    case HTML -> Rendering.html(view);
                });
    }
}
