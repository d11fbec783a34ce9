package io.cachewright.runtime.coherence;

import java.util.Arrays;
import java.util.Locale;

/// How many random schedules a second the simulator runs on one thread.
final class SimulationRate {

    private static final int SCHEDULES = 500_000;
    private static final int ROUNDS = 9;

    private SimulationRate() {}

    /// Prints the median of the rounds, with the least and the greatest.
    public static void main(String[] args) {
        Simulation simulation = new Simulation(PlantedBug.NONE);
        double[] rates = new double[ROUNDS];
        long seed = 1L << 41;
        for (int round = -1; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < SCHEDULES; i++) {
                String violation = simulation.run(seed++);
                if (violation != null) {
                    throw new IllegalStateException(violation);
                }
            }
            if (round >= 0) {
                rates[round] = SCHEDULES * 1e9 / (System.nanoTime() - begun);
            }
        }
        Arrays.sort(rates);
        System.out.println(String.format(
                Locale.ROOT, "%.0f [%.0f-%.0f] schedules/s", rates[ROUNDS / 2], rates[0], rates[ROUNDS - 1]));
    }
}
