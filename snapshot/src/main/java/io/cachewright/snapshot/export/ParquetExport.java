package io.cachewright.snapshot.export;

import io.cachewright.snapshot.KeyRow;
import io.cachewright.snapshot.export.ParquetColumn.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// See [KeyExport#parquet].
///
/*
 * FILE = "PAR1" (column page for each column)* footer length(4) "PAR1"
 *
 * A flat table of twelve columns needs of the format one page a column and group, plain values, and a footer; a library
 * that can write all of it is larger than this module.
 */
final class ParquetExport implements KeyExport {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int GROUP_ROWS = 1 << 16;
    private static final int VERSION = 1;

    private final OutputStream out;
    private final ParquetColumn database = new ParquetColumn("database", Kind.INT32, false);
    private final ParquetColumn name = new ParquetColumn("name", Kind.TEXT, false);
    private final ParquetColumn family = new ParquetColumn("family", Kind.TEXT, false);
    private final ParquetColumn type = new ParquetColumn("type", Kind.TEXT, false);
    private final ParquetColumn encoding = new ParquetColumn("encoding", Kind.TEXT, false);
    private final ParquetColumn elements = new ParquetColumn("elements", Kind.INT64, false);
    private final ParquetColumn fileBytes = new ParquetColumn("file_bytes", Kind.INT64, false);
    private final ParquetColumn usageBytes = new ParquetColumn("usage_bytes", Kind.INT64, false);
    private final ParquetColumn allocatedBytes = new ParquetColumn("allocated_bytes", Kind.INT64, false);
    private final ParquetColumn expiresAt = new ParquetColumn("expires_at", Kind.TIMESTAMP, true);
    private final ParquetColumn idleSeconds = new ParquetColumn("idle_seconds", Kind.INT64, true);
    private final ParquetColumn frequency = new ParquetColumn("frequency", Kind.INT32, true);
    private final List<ParquetColumn> columns = List.of(
            database,
            name,
            family,
            type,
            encoding,
            elements,
            fileBytes,
            usageBytes,
            allocatedBytes,
            expiresAt,
            idleSeconds,
            frequency);

    private final List<ThriftCompact> groups = new ArrayList<>();
    private long offset;
    private long rows;
    private int groupRows;

    ParquetExport(OutputStream out) {
        this.out = out;
        write(MAGIC);
    }

    @Override
    public void accept(KeyRow row) {
        database.add(row.database());
        name.add(row.name());
        family.add(row.family());
        type.add(row.type().label());
        encoding.add(row.encoding().label());
        elements.add(row.elements());
        fileBytes.add(row.fileBytes());
        usageBytes.add(row.usageBytes());
        allocatedBytes.add(row.allocatedBytes());
        row.expiresAt().ifPresentOrElse(at -> expiresAt.add(at.toEpochMilli()), expiresAt::addNothing);
        row.idleSeconds().ifPresentOrElse(idleSeconds::add, idleSeconds::addNothing);
        row.frequency().ifPresentOrElse(frequency::add, frequency::addNothing);
        if (++groupRows == GROUP_ROWS) {
            endGroup();
        }
    }

    private void endGroup() {
        ByteArrayOutputStream pages = new ByteArrayOutputStream();
        ThriftCompact group = new ThriftCompact().list(1, ThriftCompact.STRUCT, columns.size());
        for (ParquetColumn column : columns) {
            group.struct(column.flush(pages, offset + pages.size()));
        }
        groups.add(group.i64(2, pages.size()).i64(3, groupRows));
        write(pages.toByteArray());
        rows += groupRows;
        groupRows = 0;
    }

    @Override
    public void close() {
        if (groupRows > 0) {
            endGroup();
        }
        ThriftCompact footer = new ThriftCompact()
                .i32(1, VERSION)
                .list(2, ThriftCompact.STRUCT, columns.size() + 1)
                .struct(new ThriftCompact().text(4, "keys").i32(5, columns.size()));
        columns.forEach(column -> footer.struct(column.schema()));
        footer.i64(3, rows).list(4, ThriftCompact.STRUCT, groups.size());
        groups.forEach(footer::struct);
        byte[] bytes = footer.text(6, "cachewright").bytes();
        write(bytes);
        write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .array());
        write(MAGIC);
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
            offset += bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
