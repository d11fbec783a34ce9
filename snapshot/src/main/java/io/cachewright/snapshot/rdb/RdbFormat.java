package io.cachewright.snapshot.rdb;

import io.cachewright.domain.Engine;

/// The format of an RDB file. Versions up to 11 are common to both engines; Valkey calls its files up to there Redis'.
public record RdbFormat(Engine engine, int version) {

    /// The newest versions that are known here.
    public static final int REDIS_VERSION_MAX = 13;

    public static final int VALKEY_VERSION_MAX = 80;

    /// Valkey marks its own files from this version on.
    static final int VALKEY_VERSION_MIN = 80;

    @Override
    public String toString() {
        return engine.label() + " RDB version " + version;
    }
}
