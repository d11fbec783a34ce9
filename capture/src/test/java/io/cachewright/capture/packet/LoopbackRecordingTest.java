package io.cachewright.capture.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachewright.capture.Captures;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import io.cachewright.capture.command.ReplyType;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Encoding;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real packets, recorded while a known load runs.
class LoopbackRecordingTest {

    private static final String END = "the end of the load";
    private static final int ATTEMPTS = 200;

    @TempDir
    private Path directory;

    private Path program = Path.of("");

    @BeforeEach
    void findsARecorder() {
        Optional<Path> found = Recorder.program();
        assumeTrue(found.isPresent(), "no dumpcap and no tcpdump on this machine");
        program = found.orElseThrow();
    }

    @Test
    void theLoadComesBackExactlyAndInOrderForEachConnection() throws Exception {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp())) {
            int port = server.port().orElseThrow();
            Path file = directory.resolve("load.pcapng");
            Optional<Recorder> recorder = Recorder.start(program, port, file);
            assumeTrue(recorder.isPresent(), "this user may not record packets");
            List<List<Command>> loads = new ArrayList<>();
            Map<String, List<CapturedCommand>> seen = new HashMap<>();
            Coverage coverage;
            try (Recorder _ = recorder.orElseThrow()) {
                for (int i = 0; i < 4; i++) {
                    List<Command> load = load(i);
                    loads.add(load);
                    try (WireConnection connection = server.connect()) {
                        int pipeline = 1 + 7 * i;
                        for (int from = 0; from < load.size(); from += pipeline) {
                            connection.pipeline(load.subList(from, Math.min(load.size(), from + pipeline)));
                        }
                    }
                }
                try (WireConnection connection = server.connect()) {
                    connection.call("ECHO", END);
                }
                coverage = readUntilEnd(file, port, seen);
            }

            List<List<CapturedCommand>> byConnection = seen.values().stream()
                    .filter(commands -> commands.size() > 1)
                    .sorted((one, other) -> Integer.compare(
                            one.getFirst().client().number(),
                            other.getFirst().client().number()))
                    .toList();
            assertThat(byConnection).hasSize(loads.size());
            for (int i = 0; i < loads.size(); i++) {
                assertThat(byConnection.get(i).stream().map(CapturedCommand::arguments))
                        .containsExactlyElementsOf(loads.get(i).stream()
                                .map(command -> Arguments.ofBytes(command.arguments()))
                                .toList());
                assertThat(byConnection.get(i))
                        .allMatch(command -> command.answer().isPresent());
                assertThat(byConnection.get(i).getFirst().answer().orElseThrow().type())
                        .isEqualTo(ReplyType.STATUS);
            }
            assertThat(coverage.noted("bytes that are missing")).isZero();
            assertThat(coverage.noted("commands without a reply that is surely theirs"))
                    .isZero();
        }
    }

    /// Small and large values, of any bytes.
    private static List<Command> load(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] value = new byte[i % 50 == 7 ? 300_000 : random.nextInt(400)];
            random.nextBytes(value);
            commands.add(Command.ofBytes(bytes("SET"), bytes("k" + random.nextInt(20)), value));
            commands.add(Command.of("GET", "k" + random.nextInt(20)));
            if (i % 10 == 0) {
                commands.add(Command.of("MULTI"));
                commands.add(Command.of("INCR", "n"));
                commands.add(Command.of("EXEC"));
            }
        }
        return commands;
    }

    /// Reads the growing file until the last command of the load is in it.
    private static Coverage readUntilEnd(Path file, int port, Map<String, List<CapturedCommand>> seen)
            throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            seen.clear();
            boolean[] ended = {false};
            if (file.toFile().length() > 0) {
                Coverage coverage = Captures.open(
                                file,
                                Captures.Options.DEFAULT
                                        .withLimits(CaptureLimits.WHOLE)
                                        .withServerPorts(Set.of(port)))
                        .read(command -> {
                            seen.computeIfAbsent(command.client().address(), _ -> new ArrayList<>())
                                    .add(command);
                            ended[0] |= command.arguments().equals(Arguments.of("ECHO", END))
                                    && command.answer().isPresent();
                        });
                if (ended[0]) {
                    return coverage;
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the end of the load never got into the recording");
    }

    /// The server of this test notes when it has read a command and when it begins to answer; its client when it
    /// begins to send and when it has read the answer. What the wire saw must lie between the two.
    @Test
    void latenciesAreTrueWithinTheResolutionOfTheClock() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int port = listener.getLocalPort();
            Path file = directory.resolve("latency.pcapng");
            Optional<Recorder> recorder = Recorder.start(program, port, file);
            assumeTrue(recorder.isPresent(), "this user may not record packets");
            int count = 200;
            long[] inner = new long[count];
            long[] outer = new long[count];
            Map<String, List<CapturedCommand>> seen = new HashMap<>();
            Coverage coverage;
            try (Recorder _ = recorder.orElseThrow()) {
                Thread server = Thread.ofPlatform().start(() -> serve(listener, inner));
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.setTcpNoDelay(true);
                    for (int i = 0; i < count; i++) {
                        byte[] request = Encoding.encode(Command.of("GET", String.format("%06d", i)));
                        long begin = System.nanoTime();
                        client.getOutputStream().write(request);
                        readFully(client.getInputStream(), 7);
                        outer[i] = System.nanoTime() - begin;
                    }
                    client.getOutputStream().write(Encoding.encode(Command.of("ECHO", END)));
                    readFully(client.getInputStream(), 5);
                }
                server.join();
                coverage = readUntilEnd(file, port, seen);
            }
            List<CapturedCommand> commands = seen.values().iterator().next();
            assertThat(commands).hasSize(count + 1);
            long resolution = coverage.clockResolutionNanos();
            for (int i = 0; i < count; i++) {
                assertThat(commands.get(i).answer().orElseThrow().serviceNanos())
                        .as("command " + i)
                        .isBetween(inner[i] - 2 * resolution, outer[i] + 2 * resolution);
            }
        }
    }

    private static void serve(ServerSocket listener, long[] inner) {
        SplittableRandom random = new SplittableRandom(1);
        try (Socket socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            int requestBytes = Encoding.encode(Command.of("GET", "000000")).length;
            for (int i = 0; i < inner.length; i++) {
                readFully(socket.getInputStream(), requestBytes);
                long read = System.nanoTime();
                Thread.sleep(0, random.nextInt(900_000));
                inner[i] = System.nanoTime() - read;
                socket.getOutputStream().write(bytes("$1\r\nx\r\n"));
            }
            readFully(socket.getInputStream(), Encoding.encode(Command.of("ECHO", END)).length);
            socket.getOutputStream().write(bytes("+OK\r\n"));
            readFully(socket.getInputStream(), 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void readFully(InputStream input, int count) throws IOException {
        int ignored = input.readNBytes(count).length;
        assertThat(ignored).isLessThanOrEqualTo(count);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
