package io.cachewright.snapshot.rdb;

import io.cachewright.domain.Engine;

/// Bytes that begin something else than a key.
final class Opcode {

    static final int FIRST = 243;

    /// The same byte in both engines: the state of a slot that is being imported (Valkey 9) …
    static final int SLOT_IMPORT = 243;

    /// … and what modules attach to a key (Redis 8.6).
    static final int KEY_META = 243;

    static final int SLOT_INFO = 244;
    static final int FUNCTION2 = 245;
    static final int FUNCTION_PRE_GA = 246;
    static final int MODULE_AUX = 247;
    static final int IDLE = 248;
    static final int FREQ = 249;
    static final int AUX = 250;
    static final int RESIZEDB = 251;
    static final int EXPIRETIME_MS = 252;
    static final int EXPIRETIME = 253;
    static final int SELECTDB = 254;
    static final int EOF = 255;

    private Opcode() {}

    /// Whether it says something of the key that follows.
    static boolean isOfKey(int opcode, Engine engine) {
        return opcode == EXPIRETIME_MS
                || opcode == IDLE
                || opcode == FREQ
                || opcode == EXPIRETIME
                || (opcode == KEY_META && engine == Engine.REDIS);
    }
}
