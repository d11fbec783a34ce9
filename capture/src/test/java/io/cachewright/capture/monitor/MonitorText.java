package io.cachewright.capture.monitor;

import io.cachewright.capture.command.Arguments;

/// Writes lines as MONITOR does: what sdscatrepr says, once more and on its own.
public final class MonitorText {

    private MonitorText() {}

    public static String line(long micros, int database, String source, Arguments arguments) {
        StringBuilder line = new StringBuilder();
        line.append(micros / 1_000_000)
                .append('.')
                .append(String.format("%06d", micros % 1_000_000))
                .append(" [")
                .append(database)
                .append(' ')
                .append(source)
                .append(']');
        for (int i = 0; i < arguments.count(); i++) {
            line.append(' ').append(quoted(arguments.bytes(i)));
        }
        return line.toString();
    }

    public static String quoted(byte[] argument) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte one : argument) {
            switch (one) {
                case '\\', '"' -> quoted.append('\\').append((char) one);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case 7 -> quoted.append("\\a");
                case '\b' -> quoted.append("\\b");
                default -> {
                    if (one >= ' ' && one <= '~') {
                        quoted.append((char) one);
                    } else {
                        quoted.append(String.format("\\x%02x", one & 0xff));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
