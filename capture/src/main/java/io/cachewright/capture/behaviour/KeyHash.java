package io.cachewright.capture.behaviour;

import io.cachewright.capture.command.Key;

/// 64 well-mixed bits of a key. The finisher is that of MurmurHash3 (public domain), whose every output bit depends
/// on every input bit; the bytes are first gathered by multiplication, as in FNV-1a.
final class KeyHash {

    private KeyHash() {}

    static long of(Key key) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ (key.at(i) & 0xff)) * 0x100000001B3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xFF51AFD7ED558CCDL;
        hash ^= hash >>> 33;
        hash *= 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }
}
