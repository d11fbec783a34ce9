package io.cachewright.runtime.coherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkCoherenceTest {

    private static final long MILLI = 1_000_000L;
    private static final LinkBounds BOUNDS =
            LinkBounds.detectingWithin(Duration.ofMillis(250)).withLeasesMax(2);

    private final List<String> asked = new ArrayList<>();
    private final SimRandom random = new SimRandom();
    private final LinkCoherence<String> link = new LinkCoherence<>(BOUNDS, new Recorder(), random, 0);

    private final class Recorder implements LinkActions<String> {
        @Override
        public void connect(long generation) {
            asked.add("connect " + generation);
        }

        @Override
        public void heartbeat(long generation, long id) {
            asked.add("heartbeat " + id);
        }

        @Override
        public void close(long generation) {
            asked.add("close " + generation);
        }

        @Override
        public void drop(String key) {
            asked.add("drop " + key);
        }

        @Override
        public void dropBefore(long epoch) {
            asked.add("drop before " + epoch);
        }

        @Override
        public void changed(LinkState state) {
            asked.add(state.name());
        }
    }

    private void goLive() {
        link.tick(0);
        link.armed(1, 2 * MILLI, 3 * MILLI);
        asked.clear();
    }

    @Test
    void connectsArmsAndBeats() {
        link.tick(0);
        link.armed(1, 2 * MILLI, 3 * MILLI);
        assertThat(asked).containsExactly("CONNECTING", "connect 1", "drop before 1", "LIVE", "heartbeat 0");
        assertThat(link.proof().provedNanos()).isEqualTo(2 * MILLI);
    }

    @Test
    void provesTheTimeOfSendingAndNeverGoesBack() {
        goLive();
        link.tick(60 * MILLI);
        link.heartbeatAnswered(1, 1, 90 * MILLI);
        assertThat(link.proof().provedNanos()).isEqualTo(60 * MILLI);
        link.heartbeatAnswered(1, 0, 95 * MILLI);
        assertThat(link.proof().provedNanos()).isEqualTo(60 * MILLI);
    }

    @Test
    void suspectsASilentLinkAndClosesItWhenItStaysSilent() {
        goLive();
        for (long now = 10; now <= 253; now += 10) {
            link.tick(now * MILLI);
        }
        assertThat(link.state()).isEqualTo(LinkState.LIVE);
        link.tick(253 * MILLI);
        assertThat(link.state()).isEqualTo(LinkState.SUSPECT);
        link.tick(504 * MILLI);
        assertThat(link.state()).isEqualTo(LinkState.GAP);
        assertThat(asked).endsWith("GAP", "close 1");
    }

    @Test
    void aLateAnswerHealsASuspectLinkWithoutDroppingAnything() {
        goLive();
        link.tick(400 * MILLI);
        assertThat(link.state()).isEqualTo(LinkState.SUSPECT);
        asked.clear();
        link.heartbeatAnswered(1, 0, 410 * MILLI);
        assertThat(asked).containsExactly("LIVE");
    }

    @Test
    void aPauseOfTheProcessDoesNotCostTheLinkAtOnce() {
        goLive();
        link.tick(10_000 * MILLI);
        assertThat(link.state()).isEqualTo(LinkState.SUSPECT);
        link.tick(10_010 * MILLI);
        assertThat(link.state()).isEqualTo(LinkState.SUSPECT);
    }

    /// Refuses every attempt from `from` until `until`, looking every millisecond; when each one came.
    private List<Long> attemptsRefused(long from, long until) {
        List<Long> attempts = new ArrayList<>();
        for (long now = from; now < until; now += MILLI) {
            long before = link.generation();
            link.tick(now);
            if (link.generation() != before) {
                attempts.add(now);
                link.connectFailed(link.generation(), now);
            }
        }
        return attempts;
    }

    private static List<Long> waits(List<Long> attempts, long from, long until) {
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < attempts.size(); i++) {
            if (attempts.get(i - 1) >= from && attempts.get(i) < until) {
                waits.add(attempts.get(i) - attempts.get(i - 1));
            }
        }
        return waits;
    }

    @Test
    void aBriefOutageIsTriedAgainWithinAHundredMillisecondsALongOneEverMoreRarely() {
        goLive();
        long second = 1_000 * MILLI;
        long hour = 3_600 * second;
        link.disconnected(1, second);
        List<Long> attempts = attemptsRefused(second, hour);
        assertThat(waits(attempts, second, 11 * second)).isNotEmpty().allMatch(wait -> wait <= 81 * MILLI);
        // Between one and two seconds each, an hour long; and never given up.
        List<Long> late = waits(attempts, 30 * second, hour);
        assertThat(late).allMatch(wait -> wait >= 999 * MILLI && wait <= 2_001 * MILLI);
        assertThat(attempts.size()).isLessThan(200 + 3_600);
        assertThat(hour - attempts.getLast()).isLessThanOrEqualTo(2_001 * MILLI);
        // It comes back, goes again, and that is a brief outage again.
        link.tick(hour + 2 * second);
        link.armed(link.generation(), hour + 2 * second, hour + 2 * second);
        assertThat(link.state()).isEqualTo(LinkState.LIVE);
        link.disconnected(link.generation(), hour + 3 * second);
        assertThat(waits(attemptsRefused(hour + 3 * second, hour + 4 * second), 0, Long.MAX_VALUE))
                .hasSizeGreaterThan(10)
                .allMatch(wait -> wait <= 81 * MILLI);
    }

    @Test
    void aServerThatIsAbsentAtTheStartIsALongOutageToo() {
        List<Long> attempts = attemptsRefused(0, 60_000 * MILLI);
        assertThat(waits(attempts, 0, 10_000 * MILLI)).allMatch(wait -> wait <= 81 * MILLI);
        assertThat(waits(attempts, 20_000 * MILLI, 60_000 * MILLI)).isNotEmpty().allMatch(wait -> wait >= 999 * MILLI);
    }

    @Test
    void anInvalidationVoidsTheFillsThatAreUnderWay() {
        goLive();
        Lease<String> lease = link.lease("limit:7", 5 * MILLI);
        link.invalidated("limit:7");
        Lease<String> next = link.lease("limit:7", 6 * MILLI);
        link.answered(lease, 7 * MILLI);
        link.answered(next, 8 * MILLI);
        assertThat(link.mayStore(lease)).isFalse();
        assertThat(link.mayStore(next)).isTrue();
        assertThat(link.leasesOpen()).isZero();
    }

    @Test
    void fillsBeyondTheBoundAreNotKeptAndLeaveNothingOlderBehind() {
        goLive();
        link.lease("a", 5 * MILLI);
        link.lease("b", 5 * MILLI);
        Lease<String> beyond = link.lease("c", 5 * MILLI);
        link.answered(beyond, 6 * MILLI);
        assertThat(link.mayStore(beyond)).isFalse();
        assertThat(asked).containsExactly("drop c");
    }

    /// Its reader has the value and will store it, although what asks about the older one was answered later.
    @Test
    void aRefinementTakesNoPlaceBeforeAValueThatArrivedEarlier() {
        goLive();
        Lease<String> value = link.lease("a", 5 * MILLI);
        Lease<String> question = link.lease("a", 5 * MILLI);
        link.answered(value, 6 * MILLI);
        link.answered(question, 7 * MILLI);
        assertThat(link.mayRefine(question)).isTrue();
        assertThat(link.mayStore(value)).isTrue();
        assertThat(link.leasesOpen()).isZero();
    }

    @Test
    void aRefinementOfWhatHasChangedIsNotHeard() {
        goLive();
        Lease<String> question = link.lease("a", 5 * MILLI);
        link.invalidated("a");
        link.answered(question, 7 * MILLI);
        assertThat(link.mayRefine(question)).isFalse();
        Lease<String> unanswered = link.lease("a", 8 * MILLI);
        assertThat(link.mayRefine(unanswered)).isFalse();
        assertThat(link.leasesOpen()).isZero();
    }

    @Test
    void aReadThatIsNotKeptHoldsNoPlaceAmongTheLeases() {
        goLive();
        Lease<String> lease = link.leaseToReadOnly("a", 5 * MILLI);
        assertThat(link.leasesOpen()).isZero();
        link.answered(lease, 6 * MILLI);
        link.abandon(lease);
        assertThat(link.leasesOpen()).isZero();
    }

    @Test
    void aLeaseEndsOnce() {
        goLive();
        Lease<String> lease = link.lease("a", 5 * MILLI);
        link.answered(lease, 6 * MILLI);
        assertThat(link.mayStore(lease)).isTrue();
        assertThat(link.mayStore(lease)).isFalse();
        link.abandon(lease);
        assertThat(link.leasesOpen()).isZero();
    }

    @Test
    void judgesByAgeAndByWhatTheClassWants() {
        ReadRule bounded = ReadRule.of(Freshness.bounded(Duration.ofMillis(250)), WhenUnproved.REFUSE);
        assertThat(bounded.judge(250 * MILLI, true)).isEqualTo(ReadRule.Verdict.SERVE);
        assertThat(bounded.judge(251 * MILLI, true)).isEqualTo(ReadRule.Verdict.REMOTE);
        assertThat(bounded.judge(251 * MILLI, false)).isEqualTo(ReadRule.Verdict.REFUSE);
        ReadRule strict = ReadRule.of(Freshness.strict(), WhenUnproved.DEGRADE);
        assertThat(strict.judge(0, true)).isEqualTo(ReadRule.Verdict.PROVE);
        assertThat(strict.judge(0, false)).isEqualTo(ReadRule.Verdict.SERVE_STALE);
        ReadRule any = ReadRule.of(Freshness.bestEffort(), WhenUnproved.REMOTE);
        assertThat(any.judge(Long.MAX_VALUE, false)).isEqualTo(ReadRule.Verdict.SERVE);
    }

    @Test
    void refusesBoundsThatCannotHold() {
        assertThatThrownBy(() -> new LinkBounds(10, 10, 0, 1, 1, 1, 1, 1, 1))
                .hasMessageContaining("suspectAfterNanos must exceed heartbeatNanos");
        assertThatThrownBy(() -> LinkBounds.detectingWithin(Duration.ZERO)).hasMessageContaining("detection");
    }
}
