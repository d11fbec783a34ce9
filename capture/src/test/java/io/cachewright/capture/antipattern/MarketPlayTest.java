package io.cachewright.capture.antipattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.capture.CaptureProfile;
import io.cachewright.capture.Captures;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.lab.load.LoadGenerator;
import io.cachewright.lab.load.LoadSettings;
import io.cachewright.lab.load.TimedCommand;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.market.Instrument;
import io.cachewright.lab.market.Listing;
import io.cachewright.lab.market.MarketWorkload;
import io.cachewright.lab.market.SoundDesk;
import io.cachewright.lab.market.SoundReaders;
import io.cachewright.lab.market.SoundWriter;
import io.cachewright.lab.market.SyntheticMarket;
import io.cachewright.lab.scenario.MarketOpen;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A market is played on a real server, once by clients that make the usual mistakes and once by sound ones, and
/// what MONITOR shows of it is looked at: the mistakes must be seen, and nothing of the kind where there are none.
class MarketPlayTest {

    private static final LoadSettings PLAY = LoadSettings.lasting(Duration.ofSeconds(6));
    private static final String END = "the end of the play";

    @TempDir
    private Path directory;

    /// Those that depend on how fast things follow each other: a busy machine plays in fits and starts, so these are
    /// looked for in the play as it is written, not as it is performed.
    private static final Set<String> OF_PACE = Set.of("B6", "K2", "K3");

    @Test
    void theMistakesOfNaiveClientsAreSeen() throws Exception {
        MarketOpen scenario = MarketOpen.synthetic(42);
        CaptureProfile profile = play(scenario.fill(), List.of(), scenario.workload());

        assertThat(ids(profile.sightings()))
                .contains(
                        "B1", "B2", "B3", "B4", "B7", "B8", "B11", "N1", "N2", "N3", "N4", "K1", "K4", "M1", "M2", "M4",
                        "P3", "C1", "C2", "C3", "C5", "C7");
        assertThat(profile.coverage().noted("malformed lines")).isZero();
        assertThat(profile.behaviour().families())
                .extracting(family -> family.pattern())
                .contains("book:<I>", "ticker:<I>");
    }

    @Test
    void soundClientsAreLeftInPeace() throws Exception {
        CaptureProfile profile = play(List.<Command>of().iterator(), List.of(SoundDesk.loadLibrary()), soundWorkload());

        assertThat(profile.coverage().commands()).isGreaterThan(500);
        assertThat(profile.sightings())
                .filteredOn(sighting -> !OF_PACE.contains(sighting.facts().id()))
                .isEmpty();
    }

    @Test
    void asWrittenThePlaysShowTheirPaceToo() {
        assertThat(ids(asWritten(MarketOpen.synthetic(42).workload()))).containsAll(OF_PACE);
        assertThat(asWritten(soundWorkload())).isEmpty();
    }

    private static Workload soundWorkload() {
        SyntheticMarket market = SyntheticMarket.usual(42);
        List<Instrument> watchList =
                market.listings().stream().map(Listing::instrument).toList();
        return new MarketWorkload(
                market, () -> List.of(new SoundWriter(2), new SoundDesk(2), new SoundReaders(watchList)));
    }

    private static List<String> ids(List<Sighting> sightings) {
        return sightings.stream().map(sighting -> sighting.facts().id()).toList();
    }

    /// Each command at the time at which it is due.
    private static List<Sighting> asWritten(Workload workload) {
        AntiPatternWatch watch = new AntiPatternWatch();
        Iterator<TimedCommand> commands = workload.open();
        while (commands.hasNext()) {
            TimedCommand command = commands.next();
            if (command.dueNanos() > PLAY.duration().toNanos()) {
                break;
            }
            Arguments arguments = Arguments.ofBytes(command.command().arguments());
            watch.accept(new CapturedCommand(
                    command.dueNanos(),
                    new Client(
                            command.connection(), "127.0.0.1:" + (40_000 + command.connection()), Client.Kind.NETWORK),
                    0,
                    arguments,
                    arguments.wireBytes(),
                    Optional.empty()));
        }
        return watch.finish();
    }

    private CaptureProfile play(Iterator<Command> fill, List<Command> before, Workload workload) throws Exception {
        Path file = directory.resolve("monitor.txt");
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection connection = server.connect()) {
            connection.pipelineAll(fill, _ -> {});
            before.forEach(command -> connection.call(command).orThrow());
            try (Socket socket = new Socket(
                            InetAddress.getLoopbackAddress(), server.port().orElseThrow());
                    OutputStream recorded = Files.newOutputStream(file)) {
                CountDownLatch begun = new CountDownLatch(1);
                Thread recorder = Thread.ofVirtual().start(() -> record(socket, recorded, begun));
                begun.await();
                LoadGenerator.openLoop().run(server.address(), Optional.empty(), workload, PLAY);
                connection.call("ECHO", END);
                recorder.join();
            }
        }
        return CaptureProfile.of(Captures.open(file));
    }

    /// Writes down what MONITOR says until the end is echoed.
    private static void record(Socket socket, OutputStream recorded, CountDownLatch begun) {
        try {
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream input = socket.getInputStream();
            byte[] bytes = new byte[1 << 16];
            String tail = "";
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                begun.countDown();
                recorded.write(bytes, 0, count);
                tail += new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
                tail = tail.substring(Math.max(0, tail.length() - 200));
                if (tail.contains(END)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
