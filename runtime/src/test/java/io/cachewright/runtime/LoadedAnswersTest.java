package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.loading.Outcome;
import io.cachewright.runtime.loading.Want;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadedAnswersTest {

    private static final String KEY = "ref:VOD.L";
    private static final Duration TTL = Duration.ofHours(1);

    private final LinkClock clock = new LinkClock(HitClock.PRECISE);
    private final long looked = clock.nanoTime();
    private final Stored<String> foreign = Stored.unreadable(new byte[] {1, 2, 3}, looked, true);

    @Test
    void whatWasLoadedAfterALookStandsForTheValueOfAnotherRelease() {
        Answer<String> answer = answerFor(new Outcome.Loaded<>("new", looked + 1));

        assertThat(answer).extracting(Answer::value).isEqualTo("new");
        assertThat(foreign.substitute).isNotNull();
    }

    @Test
    void aLoadThatBeganBeforeTheLookStandsForNothingAndAStrictReaderLooksAgain() {
        // The other release may have changed the source, and written its value, since that load had read it.
        Answer<String> answer = answerFor(new Outcome.Loaded<>("old", looked - 1));

        assertThat(answer).isNull();
        assertThat(foreign.substitute).isNull();
    }

    private @Nullable Answer<String> answerFor(Outcome<String> outcome) {
        LoadLimits limits = LoadLimits.builder(TTL).build();
        CacheClass strict = CacheClass.builder("instruments", "ref:")
                .freshness(Freshness.strict())
                .loading(limits)
                .build();
        Found.Nothing<String> nothing =
                new Found.Nothing<>(Want.insteadOf(KEY, looked, 0, foreign.tail(), false), foreign, null, looked);
        return new LoadedAnswers<>(strict, limits, Codec.utf8(), clock).of(KEY, outcome, nothing, looked);
    }
}
