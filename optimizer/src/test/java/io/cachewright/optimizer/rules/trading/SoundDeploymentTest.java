package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Diagnoser;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.rules.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The reference schemas, on two servers: market data that may be evicted, and state that may not. No rule finds
/// anything above a note.
class SoundDeploymentTest {

    private static final List<String> INSTRUMENTS = List.of(
            "BINANCE.BTCUSDT", "BINANCE.ETHUSDT", "COINBASE.SOL-USD", "KRAKEN.XRPUSD", "XNAS.AAPL", "XNAS.MSFT");

    @TestFactory
    Stream<DynamicTest> nothingAboveANoteIsFoundInMarketData() {
        return everyRule(marketData());
    }

    @TestFactory
    Stream<DynamicTest> nothingAboveANoteIsFoundInState() {
        return everyRule(state());
    }

    private static Stream<DynamicTest> everyRule(Evidences sound) {
        return Diagnoser.withInstalledRules().rules().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.card().id(), () -> isCalm(rule, sound)));
    }

    private static void isCalm(Rule rule, Evidences sound) {
        if (sound.judgedBy(rule) instanceof Verdict.Found found) {
            assertThat(found.finding().severity()).as("%s", found.finding()).isEqualTo(Severity.INFO);
        }
    }

    private static Evidences marketData() {
        List<SampledKey> keys = new ArrayList<>();
        for (int i = 0; i < INSTRUMENTS.size(); i++) {
            String prefix = "md:{" + INSTRUMENTS.get(i) + "}:";
            Duration lease = Duration.ofMillis(28_000 + 300L * i);
            keys.add(key(prefix + "l1", "hash", "listpack", 8, 152, lease, top()));
            keys.add(key(prefix + "l2", "string", "raw", 824, 900, lease, packed()));
            keys.add(key(prefix + "tr", "stream", "stream", 1_000 + 7L * i, 57_000, Duration.ofHours(8), trades()));
            keys.add(key(
                    prefix + "bars:1m",
                    "hash",
                    "listpack",
                    390,
                    12_000,
                    Duration.ofDays(3),
                    Values.sound().facts()));
            keys.add(key(
                    "ref:{" + INSTRUMENTS.get(i) + "}",
                    "hash",
                    "listpack",
                    12,
                    420,
                    Duration.ofHours(20 + i),
                    reference()));
        }
        return Evidences.healthy()
                .keys(keys)
                .totalKeys(keys.size())
                .command("hset", 7_200, 9_000)
                .command("set", 7_200, 11_000)
                .command("xadd", 3_000, 6_000)
                .command("hmget", 6_000, 7_000)
                .command("get", 12_000, 12_000)
                .counter("total_commands_processed", 0, 36_000)
                .counter("total_reads_processed", 0, 15_000)
                .counter("total_net_input_bytes", 0, 12_000_000)
                .counter("total_net_output_bytes", 0, 16_000_000);
    }

    private static Evidences state() {
        List<SampledKey> keys = new ArrayList<>();
        for (int i = 100; i < 130; i++) {
            String account = "{A" + i + "}";
            keys.add(lasting(key(
                    "pos:" + account,
                    "hash",
                    "listpack",
                    12,
                    300,
                    Duration.ZERO,
                    Values.sound().facts())));
            keys.add(lasting(key(
                    "lim:" + account,
                    "hash",
                    "listpack",
                    4,
                    110,
                    Duration.ZERO,
                    Values.sound().facts())));
            keys.add(lasting(
                    key("ord:" + account + ":" + (7_000 + i), "hash", "listpack", 5, 300, Duration.ZERO, top())));
            keys.add(key(
                    "idem:" + account + ":c" + (7_000 + i),
                    "string",
                    "embstr",
                    7,
                    72,
                    Duration.ofMinutes(1_400 + 20L * i),
                    plain()));
        }
        keys.add(key("lock:rebalance", "string", "embstr", 20, 88, Duration.ofSeconds(8), plain()));
        return Evidences.healthy()
                .keys(keys)
                .totalKeys(keys.size())
                .config("maxmemory-policy", "noeviction")
                .config("appendonly", "yes")
                .config("min-replicas-to-write", "1")
                .command("hincrby", 6_000, 9_000)
                .command("set", 1_500, 3_000);
    }

    private static SampledKey key(
            String name, String type, String encoding, long elements, long bytes, Duration left, ValueFacts value) {
        return Keys.withValue(Keys.withTtl(Keys.of(name, type, encoding, elements, bytes), left), value);
    }

    private static SampledKey lasting(SampledKey key) {
        return Keys.withoutTtl(key);
    }

    private static ValueFacts top() {
        return Values.sound()
                .fields("bidPx", "bidQty", "askPx", "askQty", "seq", "exchTs", "recvTs", "src")
                .facts();
    }

    private static ValueFacts packed() {
        return Values.sound()
                .looked(1)
                .form(ValueFacts.Form.BINARY)
                .longest(824)
                .fields()
                .withoutSequenceAndTime()
                .facts();
    }

    private static ValueFacts trades() {
        return Values.sound().fields("p", "q", "t", "m").stream(1_000, 0, 0, 0).facts();
    }

    private static ValueFacts reference() {
        return Values.sound()
                .form(ValueFacts.Form.TEXT)
                .fields("tickSize", "lotSize", "status", "version")
                .facts();
    }

    private static ValueFacts plain() {
        return Values.sound()
                .looked(1)
                .form(ValueFacts.Form.TEXT)
                .fields()
                .withoutSequenceAndTime()
                .facts();
    }
}
