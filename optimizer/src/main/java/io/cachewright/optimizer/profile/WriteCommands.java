package io.cachewright.optimizer.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/// Which commands write, as the servers themselves say in COMMAND; a command of a module that none of them carries
/// counts as reading.
final class WriteCommands {

    private static final String RESOURCE = "write-commands.txt";
    private static final Set<String> NAMES = read();

    private WriteCommands() {}

    /// @param command lower case, subcommands as `xgroup|create`
    static boolean include(String command) {
        return NAMES.contains(command);
    }

    private static Set<String> read() {
        try (InputStream input = WriteCommands.class.getResourceAsStream(RESOURCE)) {
            if (input == null) {
                throw new IllegalStateException(RESOURCE + " is not beside " + WriteCommands.class.getName());
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
