package io.cachewright.app;

import io.cachewright.domain.ServerVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--server`: which server is modelled.
final class ServerOption {

    @Option(
            names = "--server",
            paramLabel = "VERSION",
            converter = ServerVersionConverter.class,
            description = "Model this server, for example redis-7.2 or valkey-8.1 (default: redis-7.0).")
    private @Nullable ServerVersion server;

    /// Empty when none was named.
    Optional<ServerVersion> server() {
        return Optional.ofNullable(server);
    }
}
