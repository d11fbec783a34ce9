package io.cachewright.runtime.coherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {

    private static final int SCHEDULES = 400_000;
    private static final int SCHEDULES_LONG = 20_000_000;
    /// Within so many schedules each planted bug must show.
    private static final int SCHEDULES_TO_FIND = 2_000_000;

    @Test
    void noScheduleBreaksThePromise() {
        run(0, SCHEDULES);
    }

    @Test
    @Tag("long")
    void noScheduleOfManyMillionsBreaksThePromise() {
        run(1L << 40, SCHEDULES_LONG);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsThePlanted(PlantedBug bug) {
        Simulation simulation = new Simulation(bug);
        for (long seed = 0; seed < SCHEDULES_TO_FIND; seed++) {
            String violation = simulation.run(seed);
            if (violation != null) {
                assertThat(new Simulation(bug).run(seed))
                        .as("the seed reproduces the failure")
                        .isEqualTo(violation);
                return;
            }
        }
        fail(bug + " was not found in " + SCHEDULES_TO_FIND + " schedules");
    }

    private static void run(long firstSeed, int schedules) {
        Simulation simulation = new Simulation(PlantedBug.NONE);
        for (long seed = firstSeed; seed < firstSeed + schedules; seed++) {
            assertThat(simulation.run(seed)).isNull();
        }
    }
}
