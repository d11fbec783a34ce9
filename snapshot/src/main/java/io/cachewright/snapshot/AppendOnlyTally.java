package io.cachewright.snapshot;

import io.cachewright.snapshot.SnapshotReport.CommandLog;
import io.cachewright.snapshot.rdb.AppendOnlyVisitor;
import io.cachewright.snapshot.rdb.AppendOnlyWalker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Counts the commands of append-only files, and the different keys that they name.
///
/*
 * Commands are not applied: that would take a server. Which arguments are keys is known by rule: none for the commands
 * of NO_KEY, all for ALL_KEYS, every second for PAIRS, the second for KEY_SECOND, else the first.
 */
final class AppendOnlyTally implements AppendOnlyVisitor {

    private static final Set<String> NO_KEY = Set.of(
            "SELECT",
            "MULTI",
            "EXEC",
            "DISCARD",
            "PUBLISH",
            "SPUBLISH",
            "FLUSHALL",
            "FLUSHDB",
            "SWAPDB",
            "FUNCTION",
            "SCRIPT",
            "PING",
            "REPLCONF",
            "EVAL",
            "EVALSHA",
            "FCALL");
    private static final Set<String> ALL_KEYS = Set.of("DEL", "UNLINK");
    private static final Set<String> PAIRS = Set.of("MSET", "MSETNX");
    private static final Set<String> KEY_SECOND = Set.of("XGROUP", "BITOP");

    private static final int NAMES_MAX = 1_000;
    private static final int NAME_LENGTH_MAX = 64;
    private static final int KEYS_MAX = 1 << 20;

    private final ReportSettings settings;
    private final Map<String, long[]> byName = new HashMap<>();
    private final HashedSet keys = new HashedSet(KEYS_MAX);
    private String name = "";
    private int database;
    private long commands;
    private long bytes;
    private Optional<Instant> firstAt = Optional.empty();
    private Optional<Instant> lastAt = Optional.empty();

    AppendOnlyTally(ReportSettings settings) {
        this.settings = settings;
    }

    /// Reads the commands of a file from `from` on.
    void read(Path file, long from) {
        try {
            bytes += Files.size(file) - from;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AppendOnlyWalker.walk(file, from, this, settings.progress()::read);
    }

    @Override
    public void command(int arguments) {
        commands++;
    }

    @Override
    public void argument(int index, byte[] argument, int from, int length) {
        if (index == 0) {
            String text = new String(argument, from, Math.min(length, NAME_LENGTH_MAX), StandardCharsets.ISO_8859_1);
            name = text.toUpperCase(Locale.ROOT);
            if (byName.containsKey(name) || byName.size() < NAMES_MAX) {
                byName.computeIfAbsent(name, _ -> new long[1])[0]++;
            }
        } else if (index == 1 && name.equals("SELECT")) {
            database = new String(argument, from, length, StandardCharsets.ISO_8859_1).hashCode();
        } else if (isKey(index)) {
            keys.add(argument, from, length, database);
        }
    }

    private boolean isKey(int index) {
        if (NO_KEY.contains(name)) {
            return false;
        }
        if (KEY_SECOND.contains(name)) {
            return index == 2;
        }
        return index == 1 || ALL_KEYS.contains(name) || (PAIRS.contains(name) && index % 2 == 1);
    }

    @Override
    public void commandEnd() {}

    @Override
    public void timestamp(long secondsSince1970) {
        Instant at = Instant.ofEpochSecond(Math.min(secondsSince1970, Instant.MAX.getEpochSecond()));
        firstAt = firstAt.or(() -> Optional.of(at));
        lastAt = Optional.of(at);
    }

    Optional<CommandLog> result() {
        if (commands == 0) {
            return Optional.empty();
        }
        Map<String, Long> counts = new HashMap<>();
        byName.forEach((command, count) -> counts.put(command, count[0]));
        return Optional.of(new CommandLog(commands, bytes, counts, keys.size(), keys.isFull(), firstAt, lastAt));
    }

    List<String> notes() {
        return commands == 0
                ? List.of()
                : List.of("The " + commands + " commands after the snapshot are counted, not applied: keys, sizes and"
                        + " families are those of the snapshot before them.");
    }
}
