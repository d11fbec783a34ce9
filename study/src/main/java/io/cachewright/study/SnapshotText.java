package io.cachewright.study;

import io.cachewright.drawing.Ink;
import io.cachewright.drawing.TextCurve;
import io.cachewright.drawing.TextPage;
import io.cachewright.drawing.Words;
import io.cachewright.study.SnapshotView.Family;
import java.util.List;

/// A snapshot for a terminal.
final class SnapshotText {

    private static final int FAMILIES_SHOWN_MAX = 20;
    private static final int KEYS_SHOWN_MAX = 10;
    private static final int COMMANDS_SHOWN_MAX = 8;
    private static final int PLACE_SHOWN_MAX = 40;

    private final TextPage page;
    private final Ink ink;

    SnapshotText(Ink ink) {
        this.ink = ink;
        this.page = new TextPage(ink);
    }

    String write(SnapshotView view) {
        headline(view);
        families(view);
        tables(view);
        commandLog(view);
        view.notes().forEach(note -> page.paragraph("Note", note));
        return page.toString();
    }

    private void headline(SnapshotView view) {
        page.line(ink.bold(view.source()) + "  " + view.format()
                + (view.writer() == null ? "" : ", written by " + view.writer()));
        page.line(Words.count(view.keys()) + " keys, " + Words.count(view.expiring()) + " of them expire · "
                + Words.bytes(view.fileBytes()) + " in the file · " + ink.bold(Words.bytes(view.memoryBytes()))
                + " in the memory of " + view.model() + (view.modelIsExact() ? "" : " (nearest known layout)"));
        if (view.writersUsedBytes() != null) {
            page.line(ink.dim("its writer used " + Words.bytes(view.writersUsedBytes())
                    + ", with its clients, buffers and scripts; checksum " + view.checksum()));
        }
        page.line("");
    }

    private void families(SnapshotView view) {
        if (view.families().isEmpty()) {
            return;
        }
        section("Memory by key family");
        double most =
                view.families().stream().mapToDouble(Family::memoryShare).max().orElse(1);
        StudyTable.of(
                        List.of("Family", "Use case", ">Keys", ">Memory", ">Share", "", "Type", ">No TTL", ">Biggest"),
                        view.families(),
                        family -> List.of(
                                family.pattern(),
                                family.useCase(),
                                Words.count(family.keys()),
                                Words.bytes(family.memoryBytes()),
                                Words.share(family.memoryShare()),
                                TextCurve.bar(family.memoryShare() / most, 8),
                                family.type(),
                                Words.share(family.withoutTtlShare()),
                                Words.bytes(family.biggestKeyBytes())))
                .first(FAMILIES_SHOWN_MAX)
                .writeTo(page);
        more(view.families().size(), FAMILIES_SHOWN_MAX, "families");
        page.line("");
    }

    private void tables(SnapshotView view) {
        section("By type and encoding", SnapshotTables.types(view));
        section("By time to live", SnapshotTables.lifetimes(view));
        if (view.databases().size() > 1) {
            section("By database", SnapshotTables.databases(view));
        }
        if (!view.biggestKeys().isEmpty()) {
            section("Biggest keys", SnapshotTables.biggestKeys(view).first(KEYS_SHOWN_MAX));
        }
        if (!view.biggestElements().isEmpty()) {
            section(
                    "Biggest elements",
                    SnapshotTables.biggestElements(view, PLACE_SHOWN_MAX).first(KEYS_SHOWN_MAX));
        }
    }

    private void commandLog(SnapshotView view) {
        SnapshotView.CommandLog log = view.commandLog();
        if (log == null) {
            return;
        }
        section("Commands after the snapshot, counted and not applied");
        page.line("  " + Words.count(log.commands()) + " commands in " + Words.bytes(log.bytes()) + " write "
                + (log.writtenKeysAtLeast() ? "at least " : "") + Words.count(log.writtenKeys()) + " keys");
        SnapshotTables.commands(log).first(COMMANDS_SHOWN_MAX).writeTo(page);
        page.line("");
    }

    private void section(String title, StudyTable table) {
        section(title);
        table.writeTo(page);
        page.line("");
    }

    private void section(String title) {
        page.line(ink.bold(title));
    }

    private void more(int all, int shown, String what) {
        if (all > shown) {
            page.line(ink.dim("  … and " + (all - shown) + " more " + what + " (-o json has them all)"));
        }
    }
}
