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

    private final TextPage page;
    private final Ink ink;

    SnapshotText(Ink ink) {
        this.ink = ink;
        this.page = new TextPage(ink);
    }

    String write(SnapshotView view) {
        headline(view);
        families(view);
        types(view);
        lifetimes(view);
        if (view.databases().size() > 1) {
            databases(view);
        }
        biggest(view);
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
        page.table(
                List.of("Family", "Use case", ">Keys", ">Memory", ">Share", "", "Type", ">No TTL", ">Biggest"),
                view.families().stream()
                        .limit(FAMILIES_SHOWN_MAX)
                        .map(family -> List.of(
                                family.pattern(),
                                family.useCase(),
                                Words.count(family.keys()),
                                Words.bytes(family.memoryBytes()),
                                Words.share(family.memoryShare()),
                                TextCurve.bar(family.memoryShare() / most, 8),
                                family.type(),
                                Words.share(family.withoutTtlShare()),
                                Words.bytes(family.biggestKeyBytes())))
                        .toList());
        more(view.families().size(), FAMILIES_SHOWN_MAX, "families");
        page.line("");
    }

    private void types(SnapshotView view) {
        section("By type and encoding");
        table(SnapshotTable.types(view));
        page.line("");
    }

    private void lifetimes(SnapshotView view) {
        section("By time to live");
        page.table(
                List.of("Time to live", ">Keys", ">Memory"),
                view.lifetimes().stream()
                        .map(lifetime -> List.of(
                                lifetime.timeToLive(),
                                Words.count(lifetime.keys()),
                                Words.bytes(lifetime.memoryBytes())))
                        .toList());
        page.line("");
    }

    private void databases(SnapshotView view) {
        section("By database");
        table(SnapshotTable.databases(view));
        page.line("");
    }

    private void biggest(SnapshotView view) {
        if (!view.biggestKeys().isEmpty()) {
            section("Biggest keys");
            page.table(
                    List.of("Key", ">DB", "Type", "Encoding", ">Elements", ">Memory"),
                    view.biggestKeys().stream()
                            .limit(KEYS_SHOWN_MAX)
                            .map(key -> List.of(
                                    key.name(),
                                    String.valueOf(key.database()),
                                    key.type(),
                                    key.encoding(),
                                    Words.count(key.elements()),
                                    Words.bytes(key.memoryBytes())))
                            .toList());
            page.line("");
        }
        if (!view.biggestElements().isEmpty()) {
            section("Biggest elements");
            page.table(
                    List.of("Key", "Type", "Place", ">Bytes"),
                    view.biggestElements().stream()
                            .limit(KEYS_SHOWN_MAX)
                            .map(element -> List.of(
                                    element.key(),
                                    element.type(),
                                    Words.shortened(element.place(), 40),
                                    Words.bytes(element.bytes())))
                            .toList());
            page.line("");
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
        page.table(
                List.of("Command", ">Count"),
                log.byName().stream()
                        .limit(COMMANDS_SHOWN_MAX)
                        .map(count -> List.of(count.name(), Words.count(count.count())))
                        .toList());
        page.line("");
    }

    private void table(SnapshotTable table) {
        page.table(table.headings(), table.rows());
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
