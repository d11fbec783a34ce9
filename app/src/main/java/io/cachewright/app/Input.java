package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.study.input.FileKind;
import io.cachewright.study.input.FileKinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a user gave to be looked at: a server, or a file by its content.
sealed interface Input {

    record Live(Target.Live target) implements Input {}

    record Bundle(Target.Bundle target) implements Input {}

    /// An RDB file, an append-only file, its manifest or its directory.
    record Snapshot(Path file, FileKind kind) implements Input {}

    /// MONITOR output or a packet capture.
    record Capture(Path file) implements Input {}

    /// A plain access trace.
    record Accesses(Path file) implements Input {}

    /// @throws InvalidInput when it is no URI and no file that is known here
    static Input of(String text) {
        return switch (Target.parse(text)) {
            case Target.Live live -> new Live(live);
            case Target.Bundle bundle -> ofFile(bundle.path());
        };
    }

    private static Input ofFile(Path file) {
        if (!Files.exists(file)) {
            throw new InvalidInput(file.toString(), List.of("there is no such file, and it is no URI or host:port"));
        }
        FileKind kind = FileKinds.of(file);
        return switch (kind) {
            case BUNDLE -> new Bundle(new Target.Bundle(file));
            case RDB, AOF, AOF_MANIFEST, AOF_DIRECTORY -> new Snapshot(file, kind);
            case MONITOR, PACKETS -> new Capture(file);
            case TRACE -> new Accesses(file);
        };
    }
}
