package io.cachewright.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Arguments that the launcher handed over through a pipe, because one of them may hold a password: the arguments of a
/// process are for everybody on the machine to read, what is in a pipe is not.
final class HiddenArguments {

    /// Names the descriptor that the arguments are read from, each ended by a zero byte.
    private static final String VARIABLE = "CACHEWRIGHT_ARGUMENTS_FD";

    private static final String END = String.valueOf((char) 0);

    private HiddenArguments() {}

    /// Those of the pipe when the launcher made one, else `visible`.
    static String[] or(String[] visible, Map<String, String> environment) {
        String descriptor = environment.get(VARIABLE);
        if (descriptor == null || visible.length > 0) {
            return visible;
        }
        try {
            String text = Files.readString(Path.of("/dev/fd", descriptor), StandardCharsets.UTF_8);
            return text.endsWith(END) ? text.substring(0, text.length() - 1).split(END, -1) : visible;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the arguments that the launcher handed over", e);
        }
    }
}
