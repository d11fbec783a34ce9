package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F16: many processes miss one key at once.
class FleetTest {

    private static final int PROCESSES = 8;
    private static final int THREADS = 50;

    private RedisServer server;
    private final List<Member> members = new ArrayList<>();

    /// A process of the fleet, as its parent sees it.
    private record Member(Process process, BufferedReader out, PrintWriter in) {

        /// Loads, whether every reader had the right value, and reads that failed.
        record Result(int loads, boolean isRight, int failures) {}

        void read(String key) {
            in.println(key);
            in.flush();
        }

        Result result() throws IOException {
            String line = out.readLine();
            if (line == null) {
                throw new IOException(
                        "the process ended with " + process.onExit().join().exitValue());
            }
            String[] parts = line.split(" ");
            return new Result(Integer.parseInt(parts[0]), parts[1].equals("1"), Integer.parseInt(parts[2]));
        }
    }

    @BeforeEach
    void startServer() {
        server = RedisServer.start(ServerSettings.onTcp());
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Member member : members) {
            member.in.close();
            if (!member.process.waitFor(20, TimeUnit.SECONDS)) {
                member.process.destroyForcibly();
            }
        }
        server.close();
    }

    private void startMembers(int count, boolean oncePerFleet, long loadMillis) throws IOException {
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
                            "redis://" + server.address(),
                            Integer.toString(THREADS),
                            Long.toString(loadMillis),
                            Boolean.toString(oncePerFleet))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            members.add(new Member(
                    process,
                    process.inputReader(StandardCharsets.UTF_8),
                    new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8)));
        }
        for (Member member : members) {
            assertThat(member.out.readLine()).isEqualTo("ready");
        }
    }

    private int loadsOf(String key) throws IOException {
        members.forEach(member -> member.read(key));
        int loads = 0;
        for (Member member : members) {
            Member.Result result = member.result();
            assertThat(result.failures()).isZero();
            assertThat(result.isRight()).isTrue();
            loads += result.loads();
        }
        return loads;
    }

    @Test
    void eightProcessesOfFiftyThreadsLoadAKeyOnce() throws IOException {
        startMembers(PROCESSES, true, 200);
        for (int round = 0; round < 5; round++) {
            assertThat(loadsOf("md:quote:" + round))
                    .as("loads of round " + round)
                    .isEqualTo(1);
        }
        try (WireConnection connection = server.connect()) {
            for (int round = 0; round < 3; round++) {
                // As any client in any language invalidates: the value with its lease.
                connection.call("DEL", "md:quote:0", LeaseKey.of("md:quote:0"));
                assertThat(loadsOf("md:quote:0"))
                        .as("loads after an invalidation")
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void withoutTheLeaseEachProcessLoadsForItself() throws IOException {
        startMembers(3, false, 500);
        assertThat(loadsOf("md:quote:0")).isGreaterThan(1);
    }

    /// Waits for a lease to end.
    @Tag("long")
    @Test
    void theFleetLoadsAgainWhenTheLoaderDies() throws IOException, InterruptedException {
        startMembers(3, true, 1_500);
        Member first = members.removeFirst();
        first.read("md:quote:0");
        try (WireConnection connection = server.connect()) {
            while (!connection
                    .call("EXISTS", LeaseKey.of("md:quote:0"))
                    .toString()
                    .contains("1")) {
                Thread.sleep(5);
            }
        }
        first.process.destroyForcibly().waitFor();
        assertThat(loadsOf("md:quote:0")).isEqualTo(1);
    }
}
