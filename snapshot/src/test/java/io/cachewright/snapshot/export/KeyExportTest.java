package io.cachewright.snapshot.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import io.cachewright.snapshot.KeyRow;
import io.cachewright.snapshot.memory.Encoding;
import io.cachewright.snapshot.rdb.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyExportTest {

    private static final List<ValueType> TYPES = List.of(ValueType.values());
    private static final List<Encoding> ENCODINGS = List.of(Encoding.values());

    /// An independent reader gets back every value, also over several groups of rows and with none at all.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 70_000})
    void parquetFilesAreReadBackByAnotherReader(int count) throws Exception {
        List<KeyRow> rows = rows(count);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (KeyExport export = KeyExport.parquet(out)) {
            rows.forEach(export);
        }
        List<KeyRow> read = new ArrayList<>();
        try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(out.toByteArray())));
                RowReader reader = file.rowReader()) {
            while (reader.hasNext()) {
                reader.next();
                read.add(new KeyRow(
                        reader.getInt("database"),
                        reader.getString("name"),
                        reader.getString("family"),
                        type(reader.getString("type")),
                        encoding(reader.getString("encoding")),
                        reader.getLong("elements"),
                        reader.getLong("file_bytes"),
                        reader.getLong("usage_bytes"),
                        reader.getLong("allocated_bytes"),
                        reader.isNull("expires_at") ? Optional.empty() : Optional.of(reader.getTimestamp("expires_at")),
                        reader.isNull("idle_seconds")
                                ? OptionalLong.empty()
                                : OptionalLong.of(reader.getLong("idle_seconds")),
                        reader.isNull("frequency") ? OptionalInt.empty() : OptionalInt.of(reader.getInt("frequency"))));
            }
        }
        assertThat(read).isEqualTo(rows);
    }

    @Test
    void csvQuotesWhatMustBeQuotedAndLeavesTheUnknownEmpty() {
        String csv = written(KeyExport::csv, List.of(row("a,\"b\"", Optional.empty())));
        assertThat(csv.lines().toList())
                .containsExactly(
                        "database,name,family,type,encoding,elements,file_bytes,usage_bytes,allocated_bytes,"
                                + "expires_at,idle_seconds,frequency",
                        "3,\"a,\"\"b\"\"\",md:{I}:l2,zset,skiplist,5,60,700,720,,,");
    }

    @Test
    void everyJsonLineIsAnObjectOfItsOwn() {
        List<String> lines = written(
                        KeyExport::jsonLines,
                        List.of(
                                row("a\\x00\"", Optional.of(Instant.parse("2026-11-26T10:00:00Z"))),
                                row("b", Optional.empty())))
                .lines()
                .toList();
        JsonNode first = new JsonMapper().readTree(lines.getFirst());
        assertThat(first.get("name").asString()).isEqualTo("a\\x00\"");
        assertThat(first.get("expires_at").asString()).isEqualTo("2026-11-26T10:00:00Z");
        assertThat(new JsonMapper().readTree(lines.get(1)).has("expires_at")).isFalse();
        assertThat(lines).hasSize(2);
    }

    private static String written(Function<OutputStream, KeyExport> form, List<KeyRow> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (KeyExport export = form.apply(out)) {
            rows.forEach(export);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static KeyRow row(String name, Optional<Instant> expiresAt) {
        return new KeyRow(
                3,
                name,
                "md:{I}:l2",
                ValueType.SORTED_SET,
                Encoding.SKIPLIST,
                5,
                60,
                700,
                720,
                expiresAt,
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static List<KeyRow> rows(int count) {
        Random random = new Random(count);
        List<KeyRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new KeyRow(
                    random.nextInt(16),
                    "key:" + random.nextInt(),
                    "key:<n>",
                    TYPES.get(i % TYPES.size()),
                    ENCODINGS.get(i % ENCODINGS.size()),
                    random.nextLong(),
                    i,
                    random.nextLong(),
                    -1,
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochMilli(random.nextLong() >> 20)),
                    random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
                    random.nextInt(3) > 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(256))));
        }
        return rows;
    }

    private static ValueType type(String label) {
        return TYPES.stream()
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static Encoding encoding(String label) {
        return ENCODINGS.stream()
                .filter(encoding -> encoding.label().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
