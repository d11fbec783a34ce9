package io.cachewright.lab.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One command as it goes on the wire: its name and arguments, as bytes. Callers must not change the arrays.
public record Command(List<byte[]> arguments) {

    public Command {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command has at least a name");
        }
        arguments = List.copyOf(arguments);
    }

    public static Command of(String... arguments) {
        return new Command(Arrays.stream(arguments)
                .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    public static Command ofBytes(byte[]... arguments) {
        return new Command(List.of(arguments));
    }

    /// The name, upper case, as `COMMAND DOCS` spells it.
    public String name() {
        return new String(arguments.getFirst(), StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return arguments.stream()
                .map(argument -> new String(argument, StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }
}
