package io.cachewright.snapshot.rdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Goes through the commands of an append-only file.
///
/*
 * FILE = (ANNOTATION | COMMAND)*
 * ANNOTATION = "#" text "\r\n"
 * COMMAND = "*" count "\r\n" ("$" length "\r\n" bytes "\r\n"){count}
 */
public final class AppendOnlyWalker {

    /// So much of an argument is told.
    public static final int ARGUMENT_BYTES_TOLD = 1 << 14;

    private static final int ARGUMENTS_MAX = 1 << 24;
    private static final int LENGTH_DIGITS_MAX = 18;
    private static final int ANNOTATION_MAX = 1024;
    private static final String TIMESTAMP = "TS:";

    private final RdbInput input;
    private final AppendOnlyVisitor visitor;

    private AppendOnlyWalker(RdbInput input, AppendOnlyVisitor visitor) {
        this.input = input;
        this.visitor = visitor;
    }

    /// Walks the commands of a file from byte `from` on.
    ///
    /// @throws MalformedSnapshot when it is truncated or damaged
    /// @throws UncheckedIOException when it cannot be read
    public static void walk(Path file, long from, AppendOnlyVisitor visitor, RdbWalker.Progress progress) {
        try (FileChannel channel = FileChannel.open(file)) {
            new AppendOnlyWalker(RdbInput.of(file, channel, from), visitor).walk(progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void walk(RdbWalker.Progress progress) {
        long nextProgress = 0;
        while (!input.atEnd()) {
            if (input.offset() >= nextProgress) {
                progress.at(input.offset(), input.size());
                nextProgress = input.offset() + RdbInput.CHUNK_BYTES;
            }
            int first = input.unsignedByte();
            switch (first) {
                case '*' -> command();
                case '#' -> annotation();
                default -> throw input.malformed(input.offset() - 1, "a command is expected, it begins with *");
            }
        }
        progress.at(input.size(), input.size());
    }

    private void command() {
        long at = input.offset();
        long count = number();
        if (count < 1 || count > ARGUMENTS_MAX) {
            throw input.malformed(at, "a command of " + count + " arguments is none");
        }
        visitor.command((int) count);
        for (int i = 0; i < count; i++) {
            expect('$');
            long length = number();
            if (length > input.size() - input.offset()) {
                throw input.malformed("an argument of " + length + " bytes is claimed, "
                        + (input.size() - input.offset()) + " bytes are left in the file");
            }
            int told = (int) Math.min(length, ARGUMENT_BYTES_TOLD);
            input.require(told);
            visitor.argument(i, input.buffer, input.position, told);
            input.skip(length);
            expect('\r');
            expect('\n');
        }
        visitor.commandEnd();
    }

    private void expect(char wanted) {
        int got = input.unsignedByte();
        if (got != wanted) {
            throw input.malformed(
                    input.offset() - 1,
                    "byte " + got + " stands where "
                            + (wanted == '$' ? "the length of an argument" : "the end of a line") + " is expected");
        }
    }

    private long number() {
        long number = 0;
        for (int digits = 0; digits <= LENGTH_DIGITS_MAX; digits++) {
            int c = input.unsignedByte();
            if (c == '\r' && digits > 0) {
                expect('\n');
                return number;
            }
            if (c < '0' || c > '9') {
                break;
            }
            number = 10 * number + c - '0';
        }
        throw input.malformed(input.offset() - 1, "a number is expected");
    }

    private void annotation() {
        long at = input.offset();
        StringBuilder text = new StringBuilder();
        int c;
        while ((c = input.unsignedByte()) != '\n') {
            if (text.length() == ANNOTATION_MAX) {
                throw input.malformed(at, "an annotation does not end");
            }
            text.append((char) c);
        }
        String line = text.toString().strip();
        if (line.startsWith(TIMESTAMP)) {
            String digits = line.substring(TIMESTAMP.length());
            if (digits.isEmpty()
                    || digits.length() > LENGTH_DIGITS_MAX
                    || !digits.chars().allMatch(Character::isDigit)) {
                throw input.malformed(at, "a timestamp is no number");
            }
            visitor.timestamp(Long.parseLong(digits));
        }
    }
}
