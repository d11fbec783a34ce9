package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.WireConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F16: many processes miss one key at once. Each has a history of its own: what one of them saw binds no other.
class FleetTest {

    private static final int PROCESSES = 8;
    private static final long PATIENT_MILLIS = 30_000;
    /// So long that the loader dies before it has loaded, however busy this machine is.
    private static final long DYING_LOAD_MILLIS = 5_000;

    private RedisServer server;
    private WireConnection other;
    private final List<Member> members = new ArrayList<>();

    /// A process of the fleet, as its parent sees it.
    private record Member(Process process, BufferedReader out, PrintWriter in, History history) {

        void read(String key, long millis) {
            in.println(key + " " + millis);
            in.flush();
        }

        /// Loads and failures; the reads go into the history.
        int[] result(String key) throws IOException {
            String line = out.readLine();
            if (line == null) {
                throw new IOException(
                        "the process ended with " + process.onExit().join().exitValue());
            }
            String[] words = line.strip().split(" ", -1);
            history.addAll(
                    Arrays.stream(words).skip(2).map(word -> read(key, word)).toList());
            return new int[] {Integer.parseInt(words[0]), Integer.parseInt(words[1])};
        }

        private static History.Read read(String key, String word) {
            String[] parts = word.split(",", -1);
            return new History.Read(
                    key,
                    Integer.parseInt(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    FleetMember.BOUND.toNanos(),
                    Source.valueOf(parts[4]));
        }
    }

    @BeforeEach
    void startServer() {
        server = RedisServer.start(ServerSettings.onTcp());
        other = server.connect();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Member member : members) {
            member.in.close();
            if (!member.process.waitFor(20, TimeUnit.SECONDS)) {
                member.process.destroyForcibly();
            }
        }
        other.close();
        server.close();
    }

    private void startMembers(int count, int threads, boolean oncePerFleet, long loadMillis, long hardMillis)
            throws IOException {
        Address.Tcp address = (Address.Tcp) server.address();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (int i = 0; i < count; i++) {
            Process process = new ProcessBuilder(
                            java,
                            "-Xmx96m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FleetMember.class.getName(),
                            address.host(),
                            Integer.toString(address.port()),
                            Integer.toString(threads),
                            Long.toString(loadMillis),
                            Boolean.toString(oncePerFleet),
                            Long.toString(hardMillis))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            members.add(new Member(
                    process,
                    process.inputReader(StandardCharsets.UTF_8),
                    new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8),
                    new History()));
        }
        for (Member member : members) {
            assertThat(member.out.readLine()).isEqualTo("ready");
        }
    }

    /// The next version of the source; then what the server has of it is deleted with its lease, as a client in any
    /// language does it.
    private void change(String key, int version) {
        long begun = System.nanoTime();
        other.call("SET", FleetMember.SOURCE_PREFIX + key, Integer.toString(version))
                .orThrow();
        other.call("DEL", key, LeaseKey.of(key)).orThrow();
        long acknowledged = System.nanoTime();
        members.forEach(member -> member.history.wrote(key, begun, acknowledged));
    }

    /// Loads and failures of all who read `key` at once, and again for so long.
    private int[] readTogether(String key, long millis) throws IOException {
        members.forEach(member -> member.read(key, millis));
        return results(key);
    }

    private int[] results(String key) throws IOException {
        int[] sum = new int[2];
        for (Member member : members) {
            int[] result = member.result(key);
            sum[0] += result[0];
            sum[1] += result[1];
        }
        return sum;
    }

    /// The same, read again until somebody has loaded: where the invalidation has not come yet, what is near is served.
    private int[] readUntilLoaded(String key) throws Exception {
        int[] sum = new int[2];
        Eventually.repeat(
                () -> {
                    int[] more = readTogether(key, 0);
                    sum[0] += more[0];
                    sum[1] += more[1];
                },
                () -> sum[0] > 0);
        return sum;
    }

    private List<String> violations() {
        return members.stream()
                .flatMap(member -> member.history.violations().stream())
                .toList();
    }

    @Test
    void eightProcessesOfFiftyThreadsLoadAKeyOnce() throws Exception {
        startMembers(PROCESSES, 50, true, 200, PATIENT_MILLIS);
        for (int round = 0; round < 5; round++) {
            String key = "md:quote:" + round;
            change(key, 1);
            assertThat(readTogether(key, 0)).as("round " + round).containsExactly(1, 0);
        }
        for (int version = 2; version < 5; version++) {
            change("md:quote:0", version);
            assertThat(readUntilLoaded("md:quote:0"))
                    .as("after an invalidation")
                    .containsExactly(1, 0);
        }
        assertThat(violations()).isEmpty();
    }

    @Test
    void withoutTheLeaseEachProcessLoadsForItself() throws Exception {
        startMembers(3, 50, false, 500, PATIENT_MILLIS);
        AtomicInteger loads = new AtomicInteger();
        AtomicInteger round = new AtomicInteger();
        // Again with another key where one had loaded it before the others looked.
        Eventually.repeat(
                () -> {
                    String key = "md:quote:" + round.getAndIncrement();
                    change(key, 1);
                    loads.set(readTogether(key, 0)[0]);
                },
                () -> loads.get() > 1);
        assertThat(loads.get()).isGreaterThan(1);
    }

    private List<String> violationsWhileTheSourceChanges(boolean oncePerFleet) throws Exception {
        startMembers(3, 4, oncePerFleet, 15, PATIENT_MILLIS);
        AtomicInteger round = new AtomicInteger();
        Eventually.repeat(
                () -> readWhileTheSourceChanges("md:quote:" + round.getAndIncrement()),
                () -> oncePerFleet || !violations().isEmpty());
        return violations();
    }

    private void readWhileTheSourceChanges(String key) throws IOException, InterruptedException {
        change(key, 1);
        members.forEach(member -> member.read(key, 2_000));
        for (int version = 2; version < 60; version++) {
            Thread.sleep(20 + version % 7);
            change(key, version);
        }
        assertThat(results(key)[1]).isZero();
    }

    @Tag("long")
    @Test
    void whatOneProcessLoadedBeforeAnInvalidationIsReadByNoOther() throws Exception {
        assertThat(violationsWhileTheSourceChanges(true)).isEmpty();
    }

    @Tag("long")
    @Test
    void withoutTheLeaseTheCheckerSeesWhatAnotherProcessLoadedBefore() throws Exception {
        assertThat(violationsWhileTheSourceChanges(false)).isNotEmpty();
    }

    private void dieWhileLoading() throws Exception {
        change("md:quote:0", 1);
        Member first = members.removeFirst();
        first.read("md:quote:0", 0);
        eventually(() -> other.call("EXISTS", LeaseKey.of("md:quote:0")).integer() == 1);
        first.process.destroyForcibly().waitFor();
    }

    /// Waits for a lease to end.
    @Tag("long")
    @Test
    void theFleetLoadsAgainWhenTheLoaderDies() throws Exception {
        startMembers(3, 50, true, DYING_LOAD_MILLIS, PATIENT_MILLIS);
        dieWhileLoading();
        assertThat(readTogether("md:quote:0", 0)).containsExactly(1, 0);
        assertThat(violations()).isEmpty();
    }

    @Tag("long")
    @Test
    void withALeaseThatDoesNotEndNobodyLoadsAgain() throws Exception {
        startMembers(3, 50, true, DYING_LOAD_MILLIS, 3_000);
        dieWhileLoading();
        other.call("PEXPIRE", LeaseKey.of("md:quote:0"), "3600000").orThrow();
        assertThat(readTogether("md:quote:0", 0)).containsExactly(0, 100);
    }
}
