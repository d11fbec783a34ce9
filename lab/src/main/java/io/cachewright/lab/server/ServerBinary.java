package io.cachewright.lab.server;

import io.cachewright.domain.ServerVersion;
import java.nio.file.Path;

/// A server program that can be started.
///
/// @param origin where it came from, for people: `embedded`, `installed`, `named by path`
public record ServerBinary(Path path, ServerVersion version, String origin) {

    @Override
    public String toString() {
        return version + " (" + origin + ", " + path + ")";
    }
}
