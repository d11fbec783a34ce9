package io.cachewright.capture.packet;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CommandTable;
import java.util.Arrays;
import java.util.List;

/// Recognises what bytes are from their first few.
final class RespShape {

    private static final int NAME_BYTES_MAX = 40;
    private static final int LINE_BYTES_MAX = 1 << 10;

    private RespShape() {}

    /// Where the name of the command that begins at `at` begins, if there is `*N\r\n$M\r\n` and a name; else -1.
    static int commandNameAt(byte[] bytes, int at, int end) {
        int line = numberLine(bytes, at, end, '*');
        int name = line < 0 ? -1 : numberLine(bytes, line, end, '$');
        if (name < 0) {
            return -1;
        }
        int length = nameLength(bytes, name, end);
        return length > 0 && length <= NAME_BYTES_MAX ? name : -1;
    }

    /// Whether a command of the servers begins there.
    static boolean isKnownCommand(byte[] bytes, int at, int end) {
        int name = commandNameAt(bytes, at, end);
        if (name < 0) {
            return false;
        }
        byte[] word = Arrays.copyOfRange(bytes, name, name + nameLength(bytes, name, end));
        return CommandTable.lookUp(Arguments.ofBytes(List.of(word))) != null;
    }

    /// Whether a reply may begin there: a type and a line that fits it.
    static boolean isReply(byte[] bytes, int at, int end) {
        return switch (bytes[at]) {
            case '$', '*', '%', '~', '>', ':', '=', '!', '|' -> numberLine(bytes, at, end, (char) bytes[at]) > 0;
            case '+', '-', ',', '#', '(', '_' -> isTextLine(bytes, at + 1, end);
            default -> false;
        };
    }

    /// A record of TLS: handshake, change of cipher, alert or data, of version 3.0 to 3.4.
    static boolean isTls(byte[] bytes, int at, int end) {
        return end - at >= 3 && bytes[at] >= 0x14 && bytes[at] <= 0x17 && bytes[at + 1] == 3 && bytes[at + 2] <= 4;
    }

    private static int nameLength(byte[] bytes, int name, int end) {
        int at = name;
        while (at < end && (Character.isLetter(bytes[at]) || bytes[at] == '.' || bytes[at] == '_')) {
            at++;
        }
        return at < end && bytes[at] == '\r' ? at - name : -1;
    }

    /// Behind the line of `type` and a number that begins at `at`, or -1.
    private static int numberLine(byte[] bytes, int at, int end, char type) {
        if (at >= end || bytes[at] != type) {
            return -1;
        }
        int place = at + 1;
        if (place < end && bytes[place] == '-') {
            place++;
        }
        int digits = place;
        while (place < end && bytes[place] >= '0' && bytes[place] <= '9' && place - digits < 19) {
            place++;
        }
        boolean isWhole = place > digits && place + 1 < end && bytes[place] == '\r' && bytes[place + 1] == '\n';
        return isWhole ? place + 2 : -1;
    }

    private static boolean isTextLine(byte[] bytes, int from, int end) {
        for (int at = from; at + 1 < end && at - from < LINE_BYTES_MAX; at++) {
            if (bytes[at] == '\r') {
                return bytes[at + 1] == '\n';
            }
            if (bytes[at] < ' ' && bytes[at] >= 0) {
                return false;
            }
        }
        return false;
    }
}
