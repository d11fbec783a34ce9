package io.cachewright.snapshot.rdb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Notes what a walk tells, one line a call.
final class Transcript implements RdbVisitor {

    final List<String> lines = new ArrayList<>();

    /// The last database told of.
    private int database = RdbKey.INHERITED;

    static List<String> of(Path file) {
        Transcript transcript = new Transcript();
        RdbWalker.walk(file, transcript, (_, _) -> {});
        return transcript.lines;
    }

    /// The same by a walk in ranges, put together.
    static List<String> inRanges(Path file, int ranges) {
        Transcript whole = new Transcript();
        RdbWalker.walkInRanges(file, ranges, Transcript::new, whole::add, (_, _) -> {});
        return whole.lines;
    }

    private void add(Transcript next) {
        String inherited = "key " + RdbKey.INHERITED + " ";
        next.lines.forEach(line -> lines.add(
                line.startsWith(inherited) ? "key " + database + " " + line.substring(inherited.length()) : line));
        database = next.database == RdbKey.INHERITED ? database : next.database;
    }

    @Override
    public void database(int number) {
        database = number;
    }

    private void note(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void auxiliary(String name, String value) {
        note("aux", name, value);
    }

    @Override
    public void function(String code) {
        note("function", code);
    }

    @Override
    public void moduleData(String module) {
        note("module-data", module);
    }

    @Override
    public void slot(int slot, long keys, long expiring) {
        note("slot", slot, keys, expiring);
    }

    @Override
    public void expected(long keys, long expiring) {
        note("expected", keys, expiring);
    }

    @Override
    public void key(RdbKey key) {
        note(
                "key",
                key.database(),
                key.type().label(),
                text(key.name(), key.nameFrom(), key.nameLength()),
                key.expiresAt(),
                key.idleSeconds(),
                key.frequency());
    }

    @Override
    public void string(long bytes, boolean integer) {
        note("string", bytes, integer);
    }

    @Override
    public boolean packed(PackedForm form, long bytes, long elements) {
        note("packed", form, bytes, elements);
        return true;
    }

    @Override
    public void packedElement(long index, byte[] bytes, int from, int length) {
        note("-", index, text(bytes, from, length));
    }

    @Override
    public void table(long elements) {
        note("table", elements);
    }

    @Override
    public void list(long nodes) {
        note("list", nodes);
    }

    @Override
    public void element(long bytes, boolean integer) {
        note("element", bytes, integer);
    }

    @Override
    public void field(long bytes, boolean integer, byte[] name, int nameLength) {
        note("field", bytes, text(name, 0, nameLength));
    }

    @Override
    public void fieldExpiry(long at) {
        note("expires", at);
    }

    @Override
    public void streamNode(long listpackBytes) {
        note("node", listpackBytes);
    }

    @Override
    public void streamEnd(long entries, RadixTree tree) {
        note("stream", entries, tree.nodes());
    }

    @Override
    public void group(long nameBytes, RadixTree pending) {
        note("group", pending.keys());
    }

    @Override
    public void consumer(long nameBytes, RadixTree pending) {
        note("consumer", pending.keys());
    }

    @Override
    public void module(String module) {
        note("module", module);
    }

    @Override
    public void keyEnd(long fileBytes) {
        note("end", fileBytes);
    }

    @Override
    public void end(Checksum checksum) {
        note(checksum);
    }
}
