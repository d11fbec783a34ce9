package io.cachewright.snapshot.memory;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;

/// The server whose memory is modelled.
///
/// Layouts are known of Redis 6.2 to 8.0 and of Valkey 7.2 to 8.1; older and newer versions are modelled as the
/// nearest of these, which [#isExact] tells.
public record ServerMemory(ServerVersion version, Allocator allocator) {

    /// Whether the layout of this very version is known.
    public boolean isExact() {
        return switch (version.engine()) {
            case REDIS -> version.isAtLeast(Engine.REDIS, 6, 2) && !version.isAtLeast(Engine.REDIS, 8, 2);
            case VALKEY -> !version.isAtLeast(Engine.VALKEY, 9, 0);
        };
    }

    @Override
    public String toString() {
        return version + " with " + allocator.label();
    }
}
