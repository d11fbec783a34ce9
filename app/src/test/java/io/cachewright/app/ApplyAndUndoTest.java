package io.cachewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of a plan into a real server and back, as a user goes it.
class ApplyAndUndoTest {

    /// Nobody may take rights from the user that has to give them back, so changes are made as another one.
    private static final ServerSettings SETTINGS =
            ServerSettings.onTcp().adding("user", "operator on >desk-4 ~* &* +@all");

    private static final Map<String, String> OPERATOR = Map.of("CACHEWRIGHT_PASSWORD", "desk-4");

    @TempDir
    private Path directory;

    @Test
    void whatAPlanChangesIsPutBackToTheLetter() throws IOException {
        try (RedisServer server = RedisServer.start(SETTINGS);
                WireConnection admin = server.connect()) {
            String target = "redis://operator@127.0.0.1:" + server.port().orElseThrow();
            String report = plan(target);
            admin.call("AUTH", "operator", "desk-4").orThrow();
            Map<String, String> before = config(admin);

            CommandLineRun dry = CommandLineRun.in(OPERATOR, "apply", target, "--from", report, "--dry-run");
            assertThat(dry.status()).as(dry.err()).isZero();
            assertThat(dry.err()).contains(" latency-monitor-threshold from '0' to ");
            assertThat(config(admin)).isEqualTo(before);

            String record = directory.resolve("record.json").toString();
            CommandLineRun applied = CommandLineRun.in(OPERATOR, "apply", target, "--from", report, "--record", record);
            assertThat(applied.status()).as(applied.err()).isZero();
            assertThat(applied.err()).contains("made and verified");
            Map<String, String> after = config(admin);
            assertThat(after.get("latency-monitor-threshold")).isNotEqualTo("0");
            assertThat(after.get("maxmemory")).isNotEqualTo("0");
            assertThat(after.get("acl list")).contains("user default").isNotEqualTo(before.get("acl list"));

            CommandLineRun undone = CommandLineRun.in(OPERATOR, "undo", target, "--record", record);
            assertThat(undone.status()).as(undone.err()).isZero();
            assertThat(undone.err()).contains("put back and verified");
            assertThat(config(admin)).isEqualTo(before);
        }
    }

    @Test
    void refusesWhenTheServerIsNoLongerWhatThePlanSaw() throws IOException {
        try (RedisServer server = RedisServer.start(SETTINGS);
                WireConnection admin = server.connect()) {
            String target = "redis://operator@127.0.0.1:" + server.port().orElseThrow();
            String report = plan(target);
            admin.call("CONFIG", "SET", "latency-monitor-threshold", "77");
            Map<String, String> before = config(admin);

            CommandLineRun refused = CommandLineRun.in(OPERATOR, "apply", target, "--from", report);

            assertThat(refused.status()).isEqualTo(ExitStatus.USAGE.code());
            assertThat(refused.err()).contains("nothing was changed").contains("latency-monitor-threshold");
            assertThat(config(admin)).isEqualTo(before);
        }
    }

    private String plan(String target) throws IOException {
        CommandLineRun planned = CommandLineRun.in(OPERATOR, "plan", target, "--window", "1s", "-o", "json");
        assertThat(planned.status()).as(planned.err()).isZero();
        Path report = directory.resolve("report.json");
        Files.writeString(report, planned.out());
        return report.toString();
    }

    private static Map<String, String> config(WireConnection admin) {
        List<Reply> pairs = admin.call("CONFIG", "GET", "*").elements();
        Map<String, String> config = new TreeMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            config.put(pairs.get(i).text(), pairs.get(i + 1).text());
        }
        config.put("acl list", admin.call("ACL", "LIST").toString());
        return config;
    }
}
