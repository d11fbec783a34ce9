package io.cachewright.optimizer.rules.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowSubscriberLimitTest implements RuleFixtures {

    private static final long MB = 1L << 20;

    private final SlowSubscriberLimit rule = new SlowSubscriberLimit();

    @Override
    public Evidences fires() {
        // 40 MB/s published to two subscribers: 80 MB/s at twice the rate, the limit of 32 MB lasts 0.4 s.
        return Evidences.healthy()
                .config("maxmemory", Long.toString(8_192 * MB))
                .command("publish", 600_000, 1_200_000)
                .counter("total_net_input_bytes", 0, 60 * 40 * MB)
                .counter("total_net_output_bytes", 0, 60 * 80 * MB)
                .client(Map.of("flags", "P", "sub", "40", "cmd", "subscribe"))
                .client(Map.of("flags", "P", "sub", "40", "cmd", "subscribe"));
    }

    @Override
    public Evidences silent() {
        return fires().counter("total_net_input_bytes", 0, 60 * MB);
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(
                silent().counter("client_output_buffer_limit_disconnections", 2, 5), fires().config("maxmemory", "0"));
    }

    @Test
    void computesHowLongAStallMayLast() {
        Verdict.Found found = fires().foundBy(rule);

        assertThat(found.finding().seen().getFirst().text()).contains("0.4 s");
        assertThat(found.remedies().getFirst().changes())
                .extracting(Change::outcome)
                .containsExactly("normal 0 0 0 slave 268435456 67108864 60 pubsub 419430400 209715200 60");
    }

    @Test
    void isGraveOnceSubscribersWereCut() {
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void offersNoLargerBufferThanTheMemoryBears() {
        assertThat(fires().config("maxmemory", "0").foundBy(rule).remedies())
                .extracting(remedy -> remedy.id())
                .containsExactly("send-less");
    }

    @Test
    void doesNotMindManySubscribersOfAQuietChannel() {
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
