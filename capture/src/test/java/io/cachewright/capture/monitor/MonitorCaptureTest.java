package io.cachewright.capture.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Coverage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MonitorCaptureTest {

    private final List<CapturedCommand> commands = new ArrayList<>();

    private Coverage read(String text) {
        return read(text.getBytes(StandardCharsets.ISO_8859_1), Integer.MAX_VALUE);
    }

    private Coverage read(byte[] bytes, int piece) {
        commands.clear();
        try {
            return new MonitorCapture(() -> inPieces(bytes, piece), CaptureLimits.WHOLE).read(commands::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream inPieces(byte[] bytes, int piece) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(piece, length));
            }
        };
    }

    private CapturedCommand only(String line) {
        assertThat(read(line).notes()).isEmpty();
        assertThat(commands).hasSize(1);
        return commands.getFirst();
    }

    @Test
    void aLineHasTimeDatabaseClientAndArguments() {
        CapturedCommand command = only("1795697820.419561 [3 127.0.0.1:49802] \"get\" \"a b\\x01\\n\"\n");
        assertThat(command.timeNanos()).isEqualTo(1_795_697_820_419_561_000L);
        assertThat(command.database()).isEqualTo(3);
        assertThat(command.client()).isEqualTo(new Client(0, "127.0.0.1:49802", Client.Kind.NETWORK));
        assertThat(command.client().host()).isEqualTo("127.0.0.1");
        assertThat(command.arguments()).isEqualTo(Arguments.of("get", "a b\u0001\n"));
        assertThat(command.requestBytes()).isEqualTo("*2\r\n$3\r\nget\r\n$5\r\na b\u0001\n\r\n".length());
    }

    @Test
    void rawRepliesAndTheOutputOfTheClientAreReadAlike() {
        Coverage coverage =
                read("+OK\r\n+1.000001 [0 [::1]:49802] \"PING\"\r\nOK\n\n1.000002 [0 [::1]:49802] \"PING\"");
        assertThat(coverage.commands()).isEqualTo(2);
        assertThat(coverage.notes()).isEmpty();
        assertThat(commands).extracting(one -> one.client().number()).containsExactly(0, 0);
        assertThat(commands.getFirst().client().host()).isEqualTo("[::1]");
    }

    @Test
    void scriptsAndUnixSocketsAreTold() {
        read("1.0 [0 lua] \"SET\" \"k\" \"] \\\"\"\n1.0 [0 unix:/tmp/a b].sock] \"PING\"\n");
        assertThat(commands.get(0).client().isScript()).isTrue();
        assertThat(commands.get(0).arguments().text(2)).isEqualTo("] \"");
        assertThat(commands.get(1).client()).isEqualTo(new Client(1, "unix:/tmp/a b].sock", Client.Kind.UNIX_SOCKET));
    }

    @Test
    void malformedLinesAreCountedWithTheirNumberAndReadingGoesOn() {
        Coverage coverage = read("""
            1.000001 [0 127.0.0.1:1] "PING"
            1.000001 [0 127.0.0.1:1] "PI
            hello
            1.000001 [0 127.0.0.1:1] PING
            1.000001 [0 127.0.0.1:1] "a" b
            1.000001 [0 127.0.0.1:1]
            x
            1.000002 [0 127.0.0.1:1] "PING"
            """);
        assertThat(commands).hasSize(2);
        assertThat(coverage.noted("malformed lines")).isEqualTo(6);
        assertThat(coverage.notes().getFirst().examples())
                .startsWith("line 2: the closing quote of argument 0 is missing", "line 3: a time is missing")
                .hasSize(5);
    }

    @Test
    void aServerThatDoesNotEscapeQuotesIsReadAsWellAsCanBe() {
        Coverage coverage = read("""
            1.000001 [0 127.0.0.1:1] "SET" "k" "{"a":"b","c":"\\d"}"
            1.000001 [0 127.0.0.1:1] "SET" ""\\x00" "\\\\"
            """);
        assertThat(commands.get(0).arguments()).isEqualTo(Arguments.of("SET", "k", "{\"a\":\"b\",\"c\":\"\\d\"}"));
        assertThat(commands.get(1).arguments()).isEqualTo(Arguments.of("SET", "\"\u0000", "\\\\"));
        assertThat(coverage.noted("malformed lines")).isZero();
        assertThat(coverage.noted("lines whose quotes are not escaped, read as well as can be"))
                .isEqualTo(2);
    }

    @Property
    void whatIsQuotedComesBackHoweverTheBytesArrive(
            @ForAll @Size(min = 1, max = 6) List<@Size(max = 30) byte[]> arguments,
            @ForAll @IntRange(min = 1, max = 50) int piece) {
        Arguments written = Arguments.ofBytes(arguments);
        String line = MonitorText.line(1_700_000_000_000_123L, 0, "10.0.0.1:5", written);
        Coverage coverage = read((line + "\n" + line + "\n").getBytes(StandardCharsets.ISO_8859_1), piece);
        assertThat(coverage.notes()).isEmpty();
        assertThat(commands).hasSize(2).allMatch(command -> command.arguments().equals(written));
    }

    @Test
    void damagedInputNeverBreaksTheReading() {
        SplittableRandom random = new SplittableRandom(5);
        String good =
                MonitorText.line(1_700_000_000_000_123L, 0, "10.0.0.1:5", Arguments.of("SET", "k\n\"", "\u0001x"));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = (good + "\r\n" + good + "\n").getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Coverage coverage = read(bytes, 1 + random.nextInt(40));
            assertThat(coverage.commands()).isEqualTo(commands.size());
        }
    }
}
