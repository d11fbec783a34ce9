package io.cachewright.study;

import io.cachewright.drawing.Bars;
import io.cachewright.drawing.Treemap;
import io.cachewright.drawing.Words;
import io.cachewright.study.PageWriter.Tile;
import io.cachewright.study.SnapshotView.Family;
import java.util.ArrayList;
import java.util.List;

/// A snapshot as a page.
final class SnapshotHtml {

    private static final List<String> TYPES =
            List.of("string", "hash", "zset", "list", "set", "stream", "module", "none");

    /// Smaller families are gathered in one box: slivers show nothing.
    private static final double BOX_SHARE_MIN = 0.002;

    private static final int KEYS_DRAWN_MAX = 15;

    String write(SnapshotView view) {
        PageWriter page = new PageWriter(
                view.tool(),
                view.source(),
                view.format() + (view.writer() == null ? "" : ", written by " + view.writer()) + " · as of "
                        + view.at());
        page.tiles(List.of(
                new Tile("keys", Words.count(view.keys())),
                new Tile("of them expire", Words.share(share(view.expiring(), view.keys()))),
                new Tile("in memory", Words.bytes(view.memoryBytes())),
                new Tile("in the file", Words.bytes(view.fileBytes())),
                new Tile("families", Words.count(view.families().size()))));
        page.soft(
                "Memory as " + view.model() + " would keep it" + (view.modelIsExact() ? "" : " (nearest known layout)")
                        + (view.writersUsedBytes() == null
                                ? "."
                                : "; its writer used " + Words.bytes(view.writersUsedBytes())
                                        + " with its clients, buffers and scripts."));
        families(view, page);
        page.section("By type and encoding").table(SnapshotTables.types(view));
        lifetimes(view, page);
        if (view.databases().size() > 1) {
            page.section("By database").table(SnapshotTables.databases(view));
        }
        biggest(view, page);
        if (view.commandLog() != null) {
            page.section("Commands after the snapshot, counted and not applied")
                    .table(SnapshotTables.commands(view.commandLog()));
        }
        return page.notes(view.notes()).finish();
    }

    private static void families(SnapshotView view, PageWriter page) {
        if (view.families().isEmpty()) {
            return;
        }
        List<Treemap.Box> boxes = new ArrayList<>();
        long rest = 0;
        for (Family family : view.families()) {
            if (family.memoryShare() >= BOX_SHARE_MIN) {
                boxes.add(new Treemap.Box(
                        family.pattern(),
                        family.memoryBytes(),
                        Words.bytes(family.memoryBytes()) + ", " + family.type(),
                        Math.max(0, TYPES.indexOf(family.type()))));
            } else {
                rest += family.memoryBytes();
            }
        }
        boxes.add(new Treemap.Box("all others", rest, Words.bytes(rest), TYPES.size() - 1));
        page.section("Memory by key family")
                .drawing(
                        Treemap.draw("memory by key family; colours are types", boxes),
                        "All families",
                        StudyTable.of(
                                List.of(
                                        "Family",
                                        "Use case",
                                        ">Keys",
                                        ">Memory",
                                        ">Share",
                                        "Type",
                                        ">No TTL",
                                        ">Biggest key",
                                        "Example"),
                                view.families(),
                                family -> List.of(
                                        family.pattern(),
                                        family.useCase(),
                                        Words.count(family.keys()),
                                        Words.bytes(family.memoryBytes()),
                                        Words.share(family.memoryShare()),
                                        family.type(),
                                        Words.share(family.withoutTtlShare()),
                                        Words.bytes(family.biggestKeyBytes()),
                                        family.example())));
    }

    private static void lifetimes(SnapshotView view, PageWriter page) {
        page.section("By time to live")
                .drawing(
                        Bars.draw(
                                "keys by time to live",
                                view.lifetimes().stream()
                                        .map(lifetime -> new Bars.Bar(
                                                lifetime.timeToLive(),
                                                lifetime.keys(),
                                                Words.count(lifetime.keys()) + " keys"))
                                        .toList()),
                        "With memory",
                        SnapshotTables.lifetimes(view));
    }

    private static void biggest(SnapshotView view, PageWriter page) {
        if (!view.biggestKeys().isEmpty()) {
            page.section("Biggest keys")
                    .drawing(
                            Bars.draw(
                                    "biggest keys",
                                    view.biggestKeys().stream()
                                            .limit(KEYS_DRAWN_MAX)
                                            .map(key -> new Bars.Bar(
                                                    key.name(), key.memoryBytes(), Words.bytes(key.memoryBytes())))
                                            .toList()),
                            "With elements and encodings",
                            SnapshotTables.biggestKeys(view));
        }
        if (!view.biggestElements().isEmpty()) {
            page.section("Biggest elements").table(SnapshotTables.biggestElements(view, Integer.MAX_VALUE));
        }
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
