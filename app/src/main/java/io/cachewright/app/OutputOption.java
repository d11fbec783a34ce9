package io.cachewright.app;

import io.cachewright.optimizer.report.Renderer.Format;
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
}
