package io.cachewright.capture.behaviour;

import io.cachewright.capture.command.Key;

/// Counts different keys in 16 KB, with a standard error of 0.8 %.
///
/*
 * HyperLogLog [1] with 2^14 registers, and linear counting while it is nearly empty.
 *
 * [1] Flajolet, Fusy, Gandouet, Meunier: HyperLogLog, AofA 2007.
 */
final class DistinctKeys {

    private static final int BITS = 14;
    private static final int REGISTERS = 1 << BITS;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final byte[] registers = new byte[REGISTERS];

    void add(Key key) {
        long hash = key.hash();
        int register = (int) (hash >>> (64 - BITS));
        byte rank = (byte) (Long.numberOfLeadingZeros(hash << BITS | 1L << (BITS - 1)) + 1);
        if (rank > registers[register]) {
            registers[register] = rank;
        }
    }

    long estimate() {
        double sum = 0;
        int empty = 0;
        for (byte rank : registers) {
            sum += Math.scalb(1.0, -rank);
            empty += rank == 0 ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        return Math.round(raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log((double) REGISTERS / empty) : raw);
    }
}
