package io.cachewright.optimizer.advice;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How redis-cli and the server split a line into arguments (valkey: `src/sds.c`, sdssplitargs).
final class SplitArguments {

    private SplitArguments() {}

    static List<String> of(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        List<String> arguments = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < bytes.length && isSpace(bytes[at])) {
                at++;
            }
            if (at == bytes.length) {
                return arguments;
            }
            ByteArrayOutputStream argument = new ByteArrayOutputStream();
            if (bytes[at] == '"') {
                at = doubleQuoted(bytes, at + 1, argument);
            } else {
                while (at < bytes.length && !isSpace(bytes[at])) {
                    argument.write(bytes[at++]);
                }
            }
            arguments.add(argument.toString(StandardCharsets.UTF_8));
        }
    }

    private static int doubleQuoted(byte[] bytes, int from, ByteArrayOutputStream argument) {
        int at = from;
        while (bytes[at] != '"') {
            if (bytes[at] == '\\' && bytes[at + 1] == 'x') {
                argument.write(Integer.parseInt(new String(bytes, at + 2, 2, StandardCharsets.US_ASCII), 16));
                at += 4;
            } else if (bytes[at] == '\\') {
                argument.write(
                        switch (bytes[at + 1]) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case 'b' -> '\b';
                            case 'a' -> 7;
                            default -> bytes[at + 1];
                        });
                at += 2;
            } else {
                argument.write(bytes[at++]);
            }
        }
        return at + 1;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || (character >= '\t' && character <= '\r') || character == 0;
    }
}
