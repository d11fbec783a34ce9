package io.cachewright.sizing.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One line of an access trace, parsed under its header; holds the last line that was parsed.
final class AccessLine {

    /// What is wrong with a line, as a clause.
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    private static final int CELL_CHARACTERS_MAX = 65_536;
    private static final BigDecimal MICROS_A_SECOND = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MILLIS_A_SECOND = BigDecimal.valueOf(1_000);

    private final int columns;
    private final int time;
    private final int key;
    private final int op;
    private final int size;
    private final int ttl;

    private long timeMicros;
    private byte[] keyName = {};
    private Operation operation = Operation.READ;
    private int valueBytes;
    private long ttlMillis;

    private AccessLine(List<String> header) throws Malformed {
        columns = header.size();
        time = required(header, "time");
        key = required(header, "key");
        op = header.indexOf("op");
        size = header.indexOf("size");
        ttl = header.indexOf("ttl");
    }

    /// Reads the header; columns that this format does not know are skipped in the lines.
    static AccessLine under(String header) throws Malformed {
        return new AccessLine(cells(header).stream()
                .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                .toList());
    }

    private static int required(List<String> header, String column) throws Malformed {
        int at = header.indexOf(column);
        if (at < 0) {
            throw new Malformed("the header must name the column " + column + ", it has " + String.join(",", header));
        }
        return at;
    }

    void parse(String line) throws Malformed {
        List<String> cells = cells(line);
        if (cells.size() != columns) {
            throw new Malformed("has " + cells.size() + " columns, the header has " + columns);
        }
        timeMicros = scaled("time", cells.get(time), MICROS_A_SECOND);
        keyName = cells.get(key).getBytes(StandardCharsets.UTF_8);
        operation = op < 0 ? Operation.READ : operation(cells.get(op));
        valueBytes = size < 0 ? 0 : bytes(cells.get(size));
        ttlMillis = ttl < 0 || cells.get(ttl).isBlank() ? 0 : scaled("ttl", cells.get(ttl), MILLIS_A_SECOND);
        if (ttlMillis < 0) {
            throw new Malformed("ttl must not be negative, was " + cells.get(ttl));
        }
    }

    private static long scaled(String column, String cell, BigDecimal scale) throws Malformed {
        try {
            BigDecimal value = new BigDecimal(cell.strip());
            // Refused before it is scaled: 1e999999999 would take gigabytes to write out.
            if (value.precision() - (long) value.scale() > 15) {
                throw new Malformed(column + " must be below 10^15 seconds, was " + cell);
            }
            return value.multiply(scale).setScale(0, RoundingMode.FLOOR).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new Malformed(column + " must be seconds as a decimal number, was " + shown(cell));
        }
    }

    private static int bytes(String cell) throws Malformed {
        if (cell.isBlank()) {
            return 0;
        }
        try {
            int bytes = Integer.parseInt(cell.strip());
            if (bytes >= 0) {
                return bytes;
            }
        } catch (NumberFormatException _) {
            // Told below, as for a negative one.
        }
        throw new Malformed("size must be whole bytes from 0 to " + Integer.MAX_VALUE + ", was " + shown(cell));
    }

    private static Operation operation(String cell) throws Malformed {
        return switch (cell.strip().toLowerCase(Locale.ROOT)) {
            case "read", "get", "" -> Operation.READ;
            case "write", "set" -> Operation.WRITE;
            case "delete", "del" -> Operation.DELETE;
            default -> throw new Malformed("op must be read, write or delete, was " + shown(cell));
        };
    }

    private static String shown(String cell) {
        return cell.length() <= 40 ? "\"" + cell + "\"" : "\"" + cell.substring(0, 40) + "…\"";
    }

    /// Cells as RFC 4180 has them, within one line: a quoted cell may hold commas, and quotes when doubled.
    private static List<String> cells(String line) throws Malformed {
        List<String> cells = new ArrayList<>(8);
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
            if (cell.length() > CELL_CHARACTERS_MAX) {
                throw new Malformed("a cell has more than " + CELL_CHARACTERS_MAX + " characters");
            }
        }
        if (quoted) {
            throw new Malformed("a quote is not closed");
        }
        cells.add(cell.toString());
        return cells;
    }

    long timeMicros() {
        return timeMicros;
    }

    byte[] key() {
        return keyName;
    }

    Operation operation() {
        return operation;
    }

    int valueBytes() {
        return valueBytes;
    }

    long ttlMillis() {
        return ttlMillis;
    }
}
