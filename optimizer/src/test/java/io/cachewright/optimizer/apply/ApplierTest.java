package io.cachewright.optimizer.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Change.Restart;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.apply.ChangeRecord.State;
import io.cachewright.optimizer.evidence.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplierTest {

    private static final String NODE = "127.0.0.1:6379";

    private final Applier applier = new Applier(InstantSource.fixed(Instant.parse("2026-03-02T08:00:00Z")));
    private final FakeStore store = new FakeStore()
            .with("maxmemory", "0")
            .with("maxmemory-policy", "noeviction")
            .with("requirepass", "");

    @TempDir
    private Path directory;

    @Test
    void appliesInOrderAndRecordsWhatWasBefore() {
        ChangeRecord record =
                apply(set("maxmemory-policy", "noeviction", "volatile-lru"), set("maxmemory", "0", "1gb"));

        assertThat(store.writes).containsExactly("maxmemory-policy=volatile-lru", "maxmemory=1gb");
        assertThat(record.state()).isEqualTo(State.APPLIED);
        assertThat(record.entries()).extracting(ChangeRecord.Entry::oldValue).containsExactly("noeviction", "0");
        assertThat(ChangeRecord.read(file())).isEqualTo(record);
    }

    @Test
    void undoesInReverseOrder() {
        apply(set("maxmemory-policy", "noeviction", "volatile-lru"), set("maxmemory", "0", "1gb"));
        store.writes.clear();

        ChangeRecord undone = applier.undo(file(), _ -> store);

        assertThat(store.writes).containsExactly("maxmemory=0", "maxmemory-policy=noeviction");
        assertThat(undone.state()).isEqualTo(State.UNDONE);
        assertThat(ChangeRecord.read(file()).state()).isEqualTo(State.UNDONE);
    }

    @Test
    void undoingTwiceChangesNothingMore() {
        apply(set("maxmemory", "0", "1gb"));
        applier.undo(file(), _ -> store);
        store.writes.clear();

        applier.undo(file(), _ -> store);

        assertThat(store.writes).isEmpty();
    }

    @Test
    void refusesWhatIsNoLongerAsItWasWhenItWasAdvised() {
        store.with("maxmemory", "4096");

        assertThatThrownBy(() -> apply(
                        set("maxmemory-policy", "noeviction", "volatile-lru"),
                        set("maxmemory", "0", "1gb"),
                        set("no-such", "1", "2")))
                .isInstanceOfSatisfying(
                        ChangeRefused.class,
                        refused -> assertThat(refused.reasons())
                                .hasSize(2)
                                .anySatisfy(reason -> assertThat(reason).contains("is 4096 and no longer 0")));
        assertThat(store.writes).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void leavesAloneWhatHasItsNewValueAlready() {
        store.with("maxmemory", "1073741824");

        assertThat(apply(set("maxmemory", "0", "1gb")).entries()).isEmpty();
        assertThat(store.writes).isEmpty();
    }

    @Test
    void refusesWhatOnlyPeopleCanDo() {
        List<Change> changes = List.of(
                new Change.SetParameter(NODE, "io-threads", "1", "4", Restart.NEEDED),
                set("requirepass", ServerConfig.REDACTED, "x"),
                new Change.ChangeClient(Practice.BATCH_READS, "a", "b"));

        assertThat(changes).noneMatch(Applier::isAutomatic);
        assertThatThrownBy(() -> applier.apply(changes, _ -> store, file()))
                .isInstanceOfSatisfying(
                        ChangeRefused.class,
                        refused -> assertThat(refused.reasons()).hasSize(3));
    }

    @Test
    void takesBackWhatWasDoneWhenALaterChangeFails() {
        store.refused = "maxmemory";

        assertThatThrownBy(() ->
                        apply(set("maxmemory-policy", "noeviction", "volatile-lru"), set("maxmemory", "0", "1gb")))
                .isInstanceOf(ChangeFailed.class)
                .hasMessageContaining("everything was put back");
        assertThat(store.parameters)
                .containsEntry("maxmemory-policy", "noeviction")
                .containsEntry("maxmemory", "0");
        assertThat(ChangeRecord.read(file()).state()).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void noticesAChangeThatDidNotTake() {
        store.ignored = "maxmemory";

        assertThatThrownBy(() -> apply(set("maxmemory", "0", "1gb")))
                .isInstanceOf(ChangeFailed.class)
                .hasMessageContaining("was set to 1gb and reads 0");
    }

    @Test
    void saysWhatCouldNotBePutBackAndKeepsTheRecordForIt() {
        apply(set("maxmemory", "0", "1gb"));
        store.refused = "maxmemory";

        assertThatThrownBy(() -> applier.undo(file(), _ -> store))
                .isInstanceOfSatisfying(
                        ChangeFailed.class,
                        failed -> assertThat(failed.leftChanged())
                                .singleElement()
                                .asString()
                                .contains("was 0"));
        assertThat(ChangeRecord.read(file()).state()).isEqualTo(State.APPLIED);
    }

    @Test
    void doesNotUndoOverSomebodyElsesChange() {
        apply(set("maxmemory", "0", "1gb"));
        store.with("maxmemory", "2147483648");

        assertThatThrownBy(() -> applier.undo(file(), _ -> store))
                .isInstanceOf(ChangeRefused.class)
                .hasMessageContaining("neither what was set nor what was before");
        assertThat(store.parameters).containsEntry("maxmemory", "2147483648");
    }

    @Test
    void doesNotTrustAnEditedRecord() throws IOException {
        apply(set("maxmemory", "0", "1gb"));
        Files.writeString(file(), Files.readString(file()).replace("\"oldValue\" : \"0\"", "\"oldValue\" : \"1\""));

        assertThatThrownBy(() -> applier.undo(file(), _ -> store))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("not as it was written");
    }

    @Test
    void doesNotWriteOverAnotherRunsRecord() throws IOException {
        Files.writeString(file(), "{}");

        assertThatThrownBy(() -> apply(set("maxmemory", "0", "1gb"))).isInstanceOf(ChangeRefused.class);
        assertThat(store.writes).isEmpty();
    }

    @Test
    void putsRightsBackExactly() {
        store.users.put("app", "on ~* &* +@all");

        apply(new Change.SetAcl(NODE, "app", "-keys", "+keys"));
        assertThat(store.users).containsEntry("app", "on ~* &* +@all -keys");

        applier.undo(file(), _ -> store);
        assertThat(store.users).containsEntry("app", "on ~* &* +@all");
    }

    @Test
    void doesNotLockItselfOut() {
        store.users.put("admin", "on ~* &* +@all");

        assertThatThrownBy(() -> apply(new Change.SetAcl(NODE, "admin", "-@dangerous", "+@dangerous")))
                .isInstanceOf(ChangeRefused.class)
                .hasMessageContaining("undo");
    }

    @Test
    void appliesAndUndoesOnARealServer() {
        try (RedisServer server =
                        RedisServer.start(ServerSettings.onUnixSocket().withPassword("s3cret"));
                WireConnection connection = server.connect();
                WireConnection app = server.connect()) {
            connection
                    .call("ACL", "SETUSER", "app", "on", ">hush", "~md:*", "&*", "+@all")
                    .orThrow();
            app.call("AUTH", "app", "hush").orThrow();
            ParameterStore real = ParameterStore.over(connection);
            String rights = real.aclRules("app").orElseThrow();
            String limits = real.parameter("client-output-buffer-limit").orElseThrow();

            applier.apply(
                    List.of(
                            set("maxmemory", "0", "64mb"),
                            set("client-output-buffer-limit", limits, "pubsub 64mb 16mb 60"),
                            set("notify-keyspace-events", "", "KEA"),
                            new Change.SetAcl(NODE, "app", "-@dangerous +info", "+@dangerous")),
                    _ -> real,
                    file());

            assertThat(real.parameter("maxmemory")).contains("67108864");
            assertThat(app.call("KEYS", "md:*").isError()).isTrue();
            assertThat(app.call("INFO").isError()).isFalse();
            assertThat(file()).content().doesNotContain("s3cret", "hush", "#");

            applier.undo(file(), _ -> real);

            assertThat(real.parameter("maxmemory")).contains("0");
            assertThat(real.parameter("client-output-buffer-limit")).contains(limits);
            assertThat(real.parameter("notify-keyspace-events")).contains("");
            assertThat(real.aclRules("app")).contains(rights);
            assertThat(app.call("KEYS", "md:*").isError()).isFalse();
            assertThat(connection.call("AUTH", "app", "hush").isError()).isFalse();
        }
    }

    private ChangeRecord apply(Change... changes) {
        return applier.apply(List.of(changes), _ -> store, file());
    }

    private Path file() {
        return directory.resolve("changes.json");
    }

    private static Change set(String name, String oldValue, String newValue) {
        return new Change.SetParameter(NODE, name, oldValue, newValue, Restart.NOT_NEEDED);
    }
}
