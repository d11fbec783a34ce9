package io.cachewright.optimizer.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.ParameterValue;
import io.cachewright.optimizer.collect.CollectionPlan;
import io.cachewright.optimizer.collect.Collector;
import io.cachewright.optimizer.collect.Progress;
import io.cachewright.optimizer.connect.ConnectSettings;
import io.cachewright.optimizer.connect.Connector;
import io.cachewright.optimizer.connect.PasswordSource;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.profile.Profiler;
import io.cachewright.optimizer.requirements.Requirements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What rules propose is put to real servers of the embedded version.
class RemediesOnRealServersTest {

    private static final String PASSWORD = "a-password-of-this-test";

    @Test
    void aServerAcceptsEveryNewValueAndTakesTheOldOneBack() {
        Set<Change.SetParameter> changes = parameterChanges();
        assertThat(changes).isNotEmpty();
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            for (Change.SetParameter change : changes) {
                if (change.restart() != Change.Restart.NEEDED) {
                    assertTaken(connection, change);
                }
            }
        }
    }

    @Test
    void aServerStartsWithEveryValueThatNeedsARestart() {
        for (Change.SetParameter change : parameterChanges()) {
            if (change.restart() == Change.Restart.NEEDED) {
                ServerSettings settings = ServerSettings.onUnixSocket().with(change.name(), change.newValue());
                try (RedisServer server = RedisServer.start(settings);
                        WireConnection connection = server.connect()) {
                    assertThat(printed(connection, change.name())).isEqualTo(change.newValue());
                }
            }
        }
    }

    @Test
    void aWellConfiguredServerYieldsNothingAboveInfo() {
        ServerSettings settings = ServerSettings.onTcp()
                .withPassword(PASSWORD)
                .with("maxmemory", "256mb")
                .with("maxmemory-policy", "allkeys-lru")
                .with("save", "")
                .with("latency-monitor-threshold", "5");
        try (RedisServer server = RedisServer.start(settings)) {
            try (WireConnection writer = server.connect()) {
                for (String instrument : List.of("AAPL", "MSFT", "NVDA", "AMZN")) {
                    String key = "md:" + instrument + ":top";
                    writer.call("HSET", key, "bid", "1890100", "ask", "1890200", "seq", "71", "ts", "1772461860000");
                    writer.call("PEXPIRE", key, "600000");
                    writer.call("HGETALL", key);
                }
            }
            Evidence evidence = collect(server);
            Diagnosis diagnosis = Diagnoser.withInstalledRules()
                    .diagnose(evidence, new Profiler().profile(evidence), Requirements.unknown());

            assertThat(diagnosis.found())
                    .extracting(Verdict.Found::finding)
                    .allSatisfy(finding ->
                            assertThat(finding.severity()).as("%s", finding).isEqualTo(Severity.INFO));
            assertThat(diagnosis.judgements())
                    .noneSatisfy(judgement ->
                            assertThat(judgement.verdict().toString()).contains("internal error"));
        }
    }

    /// Of the fixtures of Redis: a server of this engine is embedded.
    private static Set<Change.SetParameter> parameterChanges() {
        Set<Change.SetParameter> changes = new LinkedHashSet<>();
        for (Rule rule : Diagnoser.withInstalledRules().rules()) {
            RuleFixtures fixtures = RuleFixtures.of(rule);
            List<Evidences> firing = new ArrayList<>(fixtures.firesToo());
            firing.add(fixtures.fires());
            firing.stream()
                    .filter(RemediesOnRealServersTest::isRedis)
                    .forEach(evidences -> evidences
                            .foundBy(rule)
                            .remedies()
                            .forEach(remedy -> remedy.changes().forEach(change -> {
                                if (change instanceof Change.SetParameter set) {
                                    changes.add(set);
                                }
                            })));
        }
        return changes;
    }

    private static boolean isRedis(Evidences evidences) {
        return evidences
                .node()
                .version()
                .map(ServerVersion::engine)
                .toOptional()
                .filter(Engine.REDIS::equals)
                .isPresent();
    }

    private static void assertTaken(WireConnection connection, Change.SetParameter change) {
        String before = printed(connection, change.name());
        Reply answer = connection.call("CONFIG", "SET", change.name(), change.newValue());
        if (answer instanceof Reply.Error(String message) && message.contains("modified Jemalloc")) {
            // This build cannot defragment; the rule says so in the risk, because INFO does not tell.
            return;
        }
        assertThat(answer).as("%s", change).isEqualTo(new Reply.Simple("OK"));
        assertThat(ParameterValue.areEqual(change.name(), change.newValue(), printed(connection, change.name())))
                .as("%s", change)
                .isTrue();
        assertThat(connection.call("CONFIG", "SET", change.name(), before))
                .as("back: %s", change)
                .isEqualTo(new Reply.Simple("OK"));
    }

    private static String printed(WireConnection connection, String parameter) {
        List<Reply> reply = connection.call("CONFIG", "GET", parameter).elements();
        assertThat(reply).as("CONFIG GET %s", parameter).hasSize(2);
        return reply.get(1).text();
    }

    private static Evidence collect(RedisServer server) {
        Target.Live target = Target.Live.at(server.address());
        try (Session session = new Connector(ConnectSettings.standard())
                .connect(target, PasswordSource.environment(Map.of(PasswordSource.VARIABLE, PASSWORD)))) {
            return new Collector()
                    .collect(session, CollectionPlan.standard().withWindow(Duration.ofMillis(500)), Progress.silent());
        }
    }
}
