package io.cachewright.optimizer.prove;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.RemedyBuilder;
import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.prove.Proof.Comparison;
import io.cachewright.optimizer.prove.Proof.Verdict;
import io.cachewright.optimizer.recommend.Plan.Recommendation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProofsTest {

    @Test
    void withdrawsWhatWasMeasuredToFallShortOfAllThatWasExpected() {
        assertThat(contradicts(fasterBy(0.45, 0.14), noDifference(-0.02, 0.01))).isTrue();
    }

    @Test
    void doesNotWithdrawWhatTheMeasurementWasTooCoarseToTell() {
        assertThat(contradicts(fasterBy(0.45, 0.14), noDifference(-0.30, 0.90))).isFalse();
    }

    @Test
    void withdrawsASmallEffectThatIsSmallerThanCounts() {
        assertThat(contradicts(fasterBy(0.04, 0.005), noDifference(-0.015, 0.015)))
                .isTrue();
    }

    @Test
    void keepsAProtectionThatMakesNothingFaster() {
        assertThat(contradicts(fasterBy(0.45, 0.14).protects("no sum is wrong"), noDifference(-0.01, 0.01)))
                .isFalse();
    }

    @Test
    void withdrawsWhateverMakesThingsWorse() {
        assertThat(contradicts(
                        fasterBy(0.45, 0.14).protects("no sum is wrong"),
                        new Proof("p", Verdict.WORSE, List.of(), "", "")))
                .isTrue();
    }

    private static boolean contradicts(RemedyBuilder remedy, Proof proof) {
        return Proofs.contradicts(recommendation(remedy.build()), proof);
    }

    private static RemedyBuilder fasterBy(double most, double least) {
        return remedy("set-hz", "Set hz to 10")
                .change(new Change.SetParameter("127.0.0.1:6379", "hz", "500", "10", Change.Restart.NOT_NEEDED))
                .because("hz 500")
                .expect(Metric.SERVER_TIME, -most, -(most + least) / 2, -least, "a sum")
                .risk(Remedy.Risk.Level.LOW, "none")
                .costs("nothing")
                .provedByItsParameters();
    }

    private static Recommendation recommendation(Remedy remedy) {
        Finding finding = new Finding(
                "LAT-01",
                "Too many ticks",
                Topic.LATENCY,
                Severity.LOW,
                Set.of(),
                List.of(new Finding.Observation("hz 500", "CONFIG GET hz")),
                "127.0.0.1:6379",
                List.of());
        return new Recommendation(1, finding, remedy, List.of(), List.of());
    }

    private static Proof noDifference(double low, double high) {
        return new Proof(
                "p",
                Verdict.NO_DIFFERENCE,
                List.of(new Comparison(Metric.SERVER_TIME, 1, 1, (low + high) / 2, low, high, 40)),
                "",
                "");
    }
}
