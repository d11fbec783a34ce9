package io.cachewright.optimizer.rules.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SavePointsTest {

    @Test
    void theFirstPointThatIsReachedStartsTheSnapshot() {
        SavePoints defaults = SavePoints.parse("3600 1 300 100 60 10000");

        assertThat(defaults.period(1_000)).contains(Duration.ofSeconds(60));
        assertThat(defaults.period(50)).contains(Duration.ofSeconds(200));
        assertThat(defaults.period(1)).contains(Duration.ofMinutes(5));
        assertThat(defaults.period(0.01)).contains(Duration.ofHours(1));
        assertThat(defaults.period(0)).isEmpty();
    }

    @Test
    void noSavePointsAreEmpty() {
        assertThat(SavePoints.parse("").isEmpty()).isTrue();
    }
}
