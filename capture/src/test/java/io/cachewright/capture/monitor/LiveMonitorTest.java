package io.cachewright.capture.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LiveMonitorTest {

    private static final Duration GENEROUS = Duration.ofSeconds(20);

    @TestFactory
    Stream<DynamicTest> everyServerGivesBackArbitraryBytes() {
        return ServerBinaries.all().stream()
                .map(binary -> dynamicTest(binary.version() + " " + binary.origin(), () -> {
                    try (RedisServer server = RedisServer.start(binary, ServerSettings.onTcp())) {
                        givesBackArbitraryBytes(server);
                    }
                }));
    }

    private static void givesBackArbitraryBytes(RedisServer server) throws Exception {
        List<Command> sent = new ArrayList<>();
        byte[] every = new byte[256];
        for (int i = 0; i < 256; i++) {
            every[i] = (byte) i;
        }
        boolean escapesQuotes = !server.version().toString().contains("Valkey 8.1");
        if (!escapesQuotes) {
            withoutQuotes(every);
        }
        sent.add(Command.ofBytes("ECHO".getBytes(StandardCharsets.US_ASCII), every));
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 500; i++) {
            byte[] key = new byte[random.nextInt(12)];
            byte[] value = new byte[random.nextInt(200)];
            random.nextBytes(key);
            random.nextBytes(value);
            if (!escapesQuotes) {
                withoutQuotes(key);
                withoutQuotes(value);
            }
            sent.add(Command.ofBytes("SET".getBytes(StandardCharsets.US_ASCII), key, value));
        }
        sent.add(Command.of("SET", "number", "12345"));
        sent.add(Command.of("MULTI"));
        sent.add(Command.of("INCR", "number"));
        sent.add(Command.of("EXEC"));
        sent.add(Command.of("EVAL", "return redis.call('GET', KEYS[1])", "1", "number"));
        sent.add(Command.of("SELECT", "3"));
        sent.add(Command.of("ECHO", "the end"));

        List<CapturedCommand> seen = new ArrayList<>();
        Coverage coverage = withMonitor(server, seen, () -> {
            try (WireConnection client = server.connect()) {
                return client.pipeline(sent);
            }
        });

        assertThat(coverage.noted("malformed lines")).isZero();
        assertThat(seen.stream().filter(one -> !one.client().isScript()).map(CapturedCommand::arguments))
                .containsExactlyElementsOf(sent.stream()
                        .map(command -> Arguments.ofBytes(command.arguments()))
                        .toList());
        assertThat(seen.stream().filter(one -> one.client().isScript()).map(CapturedCommand::arguments))
                .containsExactly(Arguments.of("GET", "number"));
        assertThat(seen.getLast().database()).isEqualTo(3);
    }

    /// Valkey 8.1 does not escape quotes and backslashes, so what was sent cannot be told from its MONITOR for sure.
    private static void withoutQuotes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '"' || bytes[i] == '\\') {
                bytes[i] = '_';
            }
        }
    }

    @Test
    void itStopsWhenItsBytesAreUsedUp() throws Exception {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp())) {
            List<CapturedCommand> seen = new ArrayList<>();
            Coverage coverage = withMonitor(server, seen, new LiveMonitor.Budget(GENEROUS, 2_000), () -> {
                try (WireConnection client = server.connect()) {
                    for (int i = 0; i < 1_000; i++) {
                        client.call("SET", "k", "v" + i);
                    }
                    return true;
                }
            });
            assertThat(coverage.bytesRead()).isBetween(2_000L, 2_000L + (256 << 10));
            assertThat(seen.size()).isLessThan(1_000);
        }
    }

    @Test
    void itStopsWhenItsTimeIsUp() throws Exception {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                ServerSocketConnection connection = new ServerSocketConnection(server)) {
            Coverage coverage = LiveMonitor.read(
                    connection,
                    new LiveMonitor.Budget(Duration.ofMillis(200), Long.MAX_VALUE),
                    CaptureLimits.ANALYSIS,
                    _ -> {});
            assertThat(coverage.commands()).isZero();
        }
    }

    @Test
    void aRefusalIsTold() throws Exception {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword("secret"));
                ServerSocketConnection connection = new ServerSocketConnection(server)) {
            assertThatThrownBy(() -> LiveMonitor.read(
                            connection,
                            new LiveMonitor.Budget(GENEROUS, Long.MAX_VALUE),
                            CaptureLimits.ANALYSIS,
                            _ -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the server refused MONITOR: NOAUTH");
        }
    }

    private static Coverage withMonitor(RedisServer server, List<CapturedCommand> seen, Callable<?> load)
            throws Exception {
        return withMonitor(server, seen, new LiveMonitor.Budget(GENEROUS, Long.MAX_VALUE), load);
    }

    /// Monitors while `load` runs, until the last command of it was seen.
    private static Coverage withMonitor(
            RedisServer server, List<CapturedCommand> seen, LiveMonitor.Budget budget, Callable<?> load)
            throws Exception {
        try (ServerSocketConnection connection = new ServerSocketConnection(server);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Coverage> monitoring =
                    executor.submit(() -> LiveMonitor.read(connection, budget, CaptureLimits.WHOLE, command -> {
                        seen.add(command);
                        if (command.arguments().equals(Arguments.of("ECHO", "the end"))) {
                            connection.endAfterThis();
                        }
                    }));
            connection.awaitMonitoring();
            load.call();
            return coverageOf(monitoring);
        }
    }

    private static Coverage coverageOf(Future<Coverage> monitoring) throws InterruptedException {
        try {
            return monitoring.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /// A plain connection that can pretend that the server closed it.
    private static final class ServerSocketConnection implements LiveMonitor.Connection, AutoCloseable {
        private final Socket socket;
        private final CountDownLatch monitoring = new CountDownLatch(1);
        private volatile boolean isOver;

        ServerSocketConnection(RedisServer server) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port().orElseThrow());
        }

        void awaitMonitoring() throws InterruptedException {
            monitoring.await();
        }

        void endAfterThis() {
            isOver = true;
        }

        @Override
        public void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        public int receive(byte[] buffer, Duration timeout) throws IOException {
            if (isOver) {
                return -1;
            }
            socket.setSoTimeout((int) Math.max(1, timeout.toMillis()));
            try {
                int count = socket.getInputStream().read(buffer);
                monitoring.countDown();
                return count;
            } catch (SocketTimeoutException _) {
                return 0;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
