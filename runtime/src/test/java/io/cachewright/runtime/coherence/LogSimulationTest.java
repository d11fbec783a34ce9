package io.cachewright.runtime.coherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogSimulationTest {

    private static final int SCHEDULES = 200_000;
    /// Within so many schedules each planted bug must show.
    private static final int SCHEDULES_TO_FIND = 200_000;

    @Test
    void noScheduleLeavesAnythingStaleAfterCatchingUp() {
        LogSimulation simulation = new LogSimulation(LogSimulation.Bug.NONE);
        for (long seed = 0; seed < SCHEDULES; seed++) {
            assertThat(simulation.run(seed)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsThePlanted(LogSimulation.Bug bug) {
        LogSimulation simulation = new LogSimulation(bug);
        for (long seed = 0; seed < SCHEDULES_TO_FIND; seed++) {
            String violation = simulation.run(seed);
            if (violation != null) {
                assertThat(new LogSimulation(bug).run(seed))
                        .as("the seed reproduces the failure")
                        .isEqualTo(violation);
                return;
            }
        }
        fail(bug + " was not found in " + SCHEDULES_TO_FIND + " schedules");
    }
}
