package io.cachewright.sizing.trace;

/// Hashes that spread keys evenly; the same on every machine, so that two samples of one trace agree.
public final class Hashing {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Hashing() {}

    /// A bijection of 64 bits in which each input bit moves every output bit (the finalizer of MurmurHash3).
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /// 64 bits of a name (FNV-1a, then [#mix]).
    public static long of(byte[] name) {
        long hash = FNV_OFFSET;
        for (byte each : name) {
            hash = (hash ^ (each & 0xFF)) * FNV_PRIME;
        }
        return mix(hash);
    }
}
