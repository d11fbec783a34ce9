package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads text files that users name.
final class InputFiles {

    private InputFiles() {}

    /// @throws InvalidInput when there is no such file or it is no text
    static String text(Path file) {
        if (!Files.exists(file)) {
            throw new InvalidInput(file.toString(), List.of("there is no such file"));
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInput(file.toString(), List.of("cannot be read as text"));
        }
    }
}
