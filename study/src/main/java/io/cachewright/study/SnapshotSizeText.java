package io.cachewright.study;

import io.cachewright.drawing.Ink;
import io.cachewright.drawing.TextPage;
import io.cachewright.drawing.Words;
import io.cachewright.study.SnapshotSizeView.Encoding;
import io.cachewright.study.SnapshotSizeView.Operation;
import io.cachewright.study.SnapshotSizeView.Stored;
import java.util.List;
import java.util.stream.Collectors;

/// What-ifs of a snapshot for a terminal.
final class SnapshotSizeText {

    private final TextPage page;
    private final Ink ink;

    SnapshotSizeText(Ink ink) {
        this.ink = ink;
        this.page = new TextPage(ink);
    }

    String write(SnapshotSizeView view) {
        page.line(ink.bold(view.source()) + "  " + view.format());
        page.line(Words.count(view.keys()) + " keys, " + ink.bold(Words.bytes(view.memoryBytes()))
                + " in the memory of " + view.model());
        page.line("");
        page.line(ink.bold("The same keys in other servers") + ink.dim("  (modelled)"));
        page.table(
                List.of("Server", ">Memory", ">Change"),
                view.servers().stream()
                        .map(server -> List.of(
                                server.server(), Words.bytes(server.memoryBytes()), Words.change(server.change())))
                        .toList());
        page.line("");
        if (!view.encodings().isEmpty()) {
            page.line(ink.bold("Other encoding limits")
                    + ink.dim("  (measured: a sample of each family in two servers)"));
            view.encodings().forEach(this::encoding);
            if (view.encodingsSetting() != null) {
                page.paragraph("Measured", ink.dim(view.encodingsSetting()));
            }
            page.line("");
        }
        view.notes().forEach(note -> page.paragraph("Note", note));
        return page.toString();
    }

    private void encoding(Encoding one) {
        page.line("  " + ink.bold(one.family()) + "  " + one.parameter() + " " + one.from() + " → " + one.to());
        page.paragraph("Would", ink.dim(one.reason()));
        page.paragraph(
                "Memory",
                (one.savedBytes() >= 0
                                ? "saves " + Words.bytes(one.savedBytes())
                                : "takes " + Words.bytes(-one.savedBytes()) + " more")
                        + " over about " + Words.count(one.keys()) + " keys (" + Words.change(one.memoryChange())
                        + " on "
                        + one.sampleKeys() + " loaded: "
                        + Words.bytes(one.before().memoryUsageBytes()) + " → "
                        + Words.bytes(one.after().memoryUsageBytes()) + ", used_memory "
                        + Words.bytes(one.before().usedBytes()) + " → "
                        + Words.bytes(one.after().usedBytes()) + "; " + encodings(one.before()) + " → "
                        + encodings(one.after()) + ")");
        String label = "Cost";
        for (Operation operation : one.operations()) {
            page.paragraph(label, cost(operation));
            label = "";
        }
        page.paragraph("So", ink.bold(one.conclusion()));
    }

    private String cost(Operation operation) {
        String verdict = switch (operation.verdict()) {
            case "worse" -> ink.paint("1;31", "slower");
            case "improved" -> ink.paint("1;32", "faster");
            default -> operation.verdict();
        };
        if (operation.nanosBefore() == null
                || operation.nanosAfter() == null
                || operation.change() == null
                || operation.low() == null
                || operation.high() == null) {
            return operation.operation() + ": " + verdict;
        }
        return operation.operation() + ": " + verdict + ", " + Words.duration(operation.nanosBefore()) + " → "
                + Words.duration(operation.nanosAfter()) + " of the server (" + Words.change(operation.change()) + ", "
                + Words.change(operation.low()) + " … " + Words.change(operation.high()) + ")";
    }

    private static String encodings(Stored stored) {
        return stored.encodings().stream()
                .map(count -> count.keys() + " " + count.encoding())
                .collect(Collectors.joining(", "));
    }
}
