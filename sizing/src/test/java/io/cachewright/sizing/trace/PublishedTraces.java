package io.cachewright.sizing.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// The published traces, where they are on this machine.
public final class PublishedTraces {

    private PublishedTraces() {}

    /// 135,702 accesses of a financial ledger's vault service: every key once or twice.
    public static Trace corda(AccessShape shape) {
        return read("corda-vaultservice.gz", KeyDump.INT64_BIG_ENDIAN, shape);
    }

    /// 5 million accesses of an object-relational mapper's cache.
    public static Trace orm(AccessShape shape) {
        return read("cache2k-orm-busy.trace.xz", KeyDump.INT32_LITTLE_ENDIAN, shape);
    }

    private static Trace read(String name, KeyDump format, AccessShape shape) {
        Optional<Path> file = find(name);
        Assumptions.assumeTrue(file.isPresent(), "no published traces on this machine: shared/data/traces is absent");
        try {
            return format.read(file.orElseThrow(), shape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> find(String name) {
        @Nullable String named = System.getenv("CACHEWRIGHT_DATA");
        if (named != null) {
            return Optional.of(Path.of(named, "traces", name)).filter(Files::isReadable);
        }
        for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve(Path.of("shared", "data", "traces", name));
            if (Files.isReadable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
