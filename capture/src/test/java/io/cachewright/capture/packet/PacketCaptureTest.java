package io.cachewright.capture.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.cachewright.capture.command.Answer;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import io.cachewright.capture.command.MalformedCapture;
import io.cachewright.capture.command.ReplyType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

class PacketCaptureTest {

    private static final long T = 1_700_000_000_000_000_000L;
    private static final long MS = 1_000_000;

    private final List<CapturedCommand> commands = new ArrayList<>();

    private Coverage read(byte[] file) {
        return read(file, CaptureLimits.WHOLE);
    }

    private Coverage read(byte[] file, CaptureLimits limits) {
        commands.clear();
        try {
            return new PacketCapture(() -> new ByteArrayInputStream(file), "test", limits, Set.of())
                    .read(commands::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Coverage read(Tap tap) {
        return read(PacketWriter.plain(tap.segments));
    }

    private List<String> lines() {
        return commands.stream()
                .map(command -> String.join(
                        " ",
                        Stream.iterate(0, i -> i + 1)
                                .limit(command.arguments().count())
                                .map(i -> command.arguments().text(i))
                                .toList()))
                .toList();
    }

    private Answer answer(int i) {
        return commands.get(i).answer().orElseThrow();
    }

    private static String resp(String... words) {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        return command.toString();
    }

    private static Tap connection() {
        return new Tap(50_000, 1_000, 1_460).open(T);
    }

    static Stream<ArgumentSet> forms() {
        List<ArgumentSet> forms = new ArrayList<>();
        for (PacketWriter.Format format : PacketWriter.Format.values()) {
            for (PacketWriter.Link link : PacketWriter.Link.values()) {
                for (boolean isIpv6 : new boolean[] {false, true}) {
                    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
                        forms.add(org.junit.jupiter.params.provider.Arguments.argumentSet(
                                format + " " + link + (isIpv6 ? " IPv6 " : " IPv4 ") + order,
                                format,
                                link,
                                isIpv6,
                                order));
                    }
                }
            }
        }
        return forms.stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormOfFileAndLinkIsRead(
            PacketWriter.Format format, PacketWriter.Link link, boolean isIpv6, ByteOrder order) {
        Tap tap = connection();
        tap.client(T + MS + 1_234, resp("SET", "k", "v")).server(T + 2 * MS + 5_678, "+OK\r\n");
        tap.client(T + 3 * MS, resp("GET", "k")).server(T + 3 * MS + 250_001, "$1\r\nv\r\n");
        Coverage coverage = read(new PacketWriter(format, order, link, isIpv6).write(tap.segments));

        assertThat(lines()).containsExactly("SET k v", "GET k");
        assertThat(coverage.clockResolutionNanos()).isEqualTo(format.resolutionNanos());
        long step = format.resolutionNanos();
        assertThat(commands.getFirst().timeNanos()).isEqualTo((T + MS + 1_234) / step * step);
        assertThat((double) answer(0).serviceNanos()).isCloseTo(MS + 4_444, offset((double) step));
        assertThat((double) answer(1).serviceNanos()).isCloseTo(250_001, offset((double) step));
        assertThat(answer(1))
                .extracting(Answer::type, Answer::wireBytes, Answer::length)
                .containsExactly(ReplyType.STRING, 7L, 1L);
        assertThat(commands.getFirst().client().address())
                .isEqualTo(isIpv6 ? "[2001:db8:0:0:0:0:0:7]:50000" : "10.0.0.7:50000");
        assertThat(commands.getFirst().database()).isZero();
        assertThat(commands.getFirst().requestBytes())
                .isEqualTo(resp("SET", "k", "v").length());
    }

    @Test
    void pipelinedCommandsGetTheirRepliesInOrder() {
        Tap tap = connection().client(T + 1, resp("SET", "a", "1") + resp("GET", "a") + resp("GET", "b"));
        tap.server(T + 11, "+OK\r\n$1\r").server(T + 21, "\n1\r\n$-1\r\n");
        read(tap);
        assertThat(commands.stream().map(one -> one.answer().orElseThrow().type()))
                .containsExactly(ReplyType.STATUS, ReplyType.STRING, ReplyType.NULL);
        assertThat(commands.stream().map(one -> one.answer().orElseThrow().inFlight()))
                .containsExactly(0, 1, 2);
        assertThat(commands.stream().map(one -> one.answer().orElseThrow().serviceNanos()))
                .containsExactly(10L, 10L, 20L);
        assertThat(answer(1).transferNanos()).isEqualTo(10);
    }

    @Test
    void everyTypeOfBothProtocolsIsMeasured() {
        List<String> replies = List.of(
                "+OK\r\n",
                "-ERR no\r\n",
                ":-12\r\n",
                "$3\r\nabc\r\n",
                "$0\r\n\r\n",
                "$-1\r\n",
                "*-1\r\n",
                "*0\r\n",
                "*2\r\n:1\r\n*1\r\n$1\r\na\r\n",
                "_\r\n",
                "#t\r\n",
                ",1.5\r\n",
                "(123456789012345678901234567890\r\n",
                "!5\r\nERR x\r\n",
                "=7\r\ntxt:abc\r\n",
                "%1\r\n+a\r\n:1\r\n",
                "~2\r\n:1\r\n:2\r\n",
                "|1\r\n+ttl\r\n:3\r\n$1\r\nx\r\n",
                "*2\r\n|1\r\n+a\r\n+b\r\n:1\r\n:2\r\n",
                "+QUEUED\r\n");
        List<ReplyType> types = List.of(
                ReplyType.STATUS,
                ReplyType.ERROR,
                ReplyType.INTEGER,
                ReplyType.STRING,
                ReplyType.STRING,
                ReplyType.NULL,
                ReplyType.NULL,
                ReplyType.ARRAY,
                ReplyType.ARRAY,
                ReplyType.NULL,
                ReplyType.BOOLEAN,
                ReplyType.DOUBLE,
                ReplyType.BIG_NUMBER,
                ReplyType.ERROR,
                ReplyType.STRING,
                ReplyType.MAP,
                ReplyType.SET,
                ReplyType.STRING,
                ReplyType.ARRAY,
                ReplyType.QUEUED);
        for (int piece = 1; piece < 12; piece++) {
            Tap tap = new Tap(50_000, 1_000, piece).open(T);
            for (int i = 0; i < replies.size(); i++) {
                tap.client(T + 10L * i, resp("GET", "k" + i)).server(T + 10L * i + 5, replies.get(i));
            }
            assertThat(read(tap).notes()).isEmpty();
            assertThat(commands.stream().map(one -> one.answer().orElseThrow().type()))
                    .containsExactlyElementsOf(types);
            assertThat(commands.stream().map(one -> one.answer().orElseThrow().wireBytes()))
                    .containsExactlyElementsOf(
                            replies.stream().map(reply -> (long) reply.length()).toList());
        }
    }

    @Test
    void typedCommandsAreReadAsServersReadThem() {
        Tap tap = connection()
                .client(T, "\r\nPING\r\nset k \"a\\x41 \\n\" 'b'\\''c'\r\nset k \"a b\"\n")
                .server(T, "+PONG\r\n");
        read(tap);
        assertThat(lines()).startsWith("PING");
        tap = connection()
                .client(T, "PING\r\n  set k \"a\\x41 \\n\\\"\" 'b\\'c' \r\nGET k\n")
                .server(T, "+PONG\r\n+OK\r\n$1\r\nx\r\n");
        assertThat(read(tap).notes()).isEmpty();
        assertThat(commands.get(1).arguments()).isEqualTo(Arguments.of("set", "k", "aA \n\"", "b'c"));
        assertThat(lines()).hasSize(3);
    }

    @Test
    void messagesToSubscribersAreNoAnswers() {
        Tap tap = connection()
                .client(T, resp("SUBSCRIBE", "a", "b"))
                .server(T + 1, "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n*3\r\n$9\r\nsubscribe\r\n$1\r\nb\r\n:2\r\n")
                .server(T + 2, "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$2\r\nhi\r\n")
                .client(T + 3, resp("PING"))
                .server(T + 4, "*3\r\n$7\r\nmessage\r\n$1\r\nb\r\n$2\r\nhi\r\n*2\r\n$4\r\npong\r\n$0\r\n\r\n")
                .client(T + 5, resp("UNSUBSCRIBE"))
                .server(
                        T + 6,
                        "*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:1\r\n*3\r\n$11\r\nunsubscribe\r\n$1\r\nb\r\n:0\r\n")
                .client(T + 7, resp("GET", "k"))
                .server(T + 8, "$1\r\nx\r\n");
        Coverage coverage = read(tap);
        assertThat(lines()).containsExactly("SUBSCRIBE a b", "PING", "UNSUBSCRIBE", "GET k");
        assertThat(commands).allMatch(one -> one.answer().isPresent());
        assertThat(answer(3).type()).isEqualTo(ReplyType.STRING);
        assertThat(coverage.noted("messages that servers pushed")).isEqualTo(2);
    }

    @Test
    void pushesOfResp3AreNoAnswersButForConfirmations() {
        Tap tap = connection()
                .client(T, resp("HELLO", "3"))
                .server(T + 1, "%1\r\n$5\r\nproto\r\n:3\r\n")
                .client(T + 2, resp("SUBSCRIBE", "a") + resp("GET", "k"))
                .server(T + 3, ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n")
                .server(
                        T + 4,
                        ">3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n>3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n_\r\n");
        Coverage coverage = read(tap);
        assertThat(commands.stream().map(one -> one.answer().orElseThrow().type()))
                .containsExactly(ReplyType.MAP, ReplyType.PUSH, ReplyType.NULL);
        assertThat(coverage.noted("messages that servers pushed")).isEqualTo(2);
    }

    @Test
    void whatIsAskedNotToBeAnsweredHasNoAnswer() {
        Tap tap = connection()
                .client(T, resp("CLIENT", "REPLY", "SKIP") + resp("SET", "a", "1") + resp("GET", "a"))
                .server(T + 1, "$1\r\n1\r\n")
                .client(T + 2, resp("CLIENT", "REPLY", "OFF") + resp("SET", "a", "2") + resp("CLIENT", "REPLY", "ON"))
                .server(T + 3, "+OK\r\n")
                .client(T + 4, resp("GET", "a"))
                .server(T + 5, "$1\r\n2\r\n");
        read(tap);
        assertThat(commands.stream().map(one -> one.answer().isPresent()))
                .containsExactly(false, false, true, false, false, true, true);
        assertThat(answer(6).type()).isEqualTo(ReplyType.STRING);
    }

    @Test
    void theDatabaseIsFollowed() {
        Tap tap = connection()
                .client(T, resp("SELECT", "3"))
                .server(T, "+OK\r\n")
                .client(T, resp("SELECT", "99"))
                .server(T, "-ERR out of range\r\n")
                .client(T, resp("GET", "a"))
                .server(T, "$-1\r\n")
                .client(T, resp("MULTI") + resp("SELECT", "5") + resp("EXEC"))
                .server(T, "+OK\r\n+QUEUED\r\n*1\r\n+OK\r\n")
                .client(T, resp("GET", "b"))
                .server(T, "$-1\r\n");
        read(tap);
        assertThat(commands.stream().map(CapturedCommand::database)).containsExactly(0, 3, 3, 3, 3, 3, 5);
    }

    @Test
    void passwordsNeverLeaveThePacketReader() {
        read(connection().client(T, resp("AUTH", "hunter2")).server(T, "+OK\r\n"));
        assertThat(lines()).containsExactly("AUTH (redacted)");
    }

    @Test
    void longValuesAreCutAndTheirLengthIsKnown() {
        Tap tap = connection().client(T, resp("SET", "k", "x".repeat(100_000))).server(T, "+OK\r\n");
        read(PacketWriter.plain(tap.segments), new CaptureLimits(100, 1_000));
        Arguments arguments = commands.getFirst().arguments();
        assertThat(arguments.length(2)).isEqualTo(100_000);
        assertThat(arguments.keptLength(2)).isEqualTo(100);
        assertThat(commands.getFirst().answer()).isPresent();
    }

    @Test
    void packetsThatWereCutShortLoseOnlyWhatWasCutOfAValue() {
        Tap tap = connection();
        tap.client(T, resp("SET", "k", "x".repeat(10_000))).server(T + 9, "+OK\r\n");
        tap.client(T + 10, resp("GET", "k")).server(T + 19, "$-1\r\n");
        byte[] file = new PacketWriter(
                        PacketWriter.Format.PCAP_NANOS, ByteOrder.LITTLE_ENDIAN, PacketWriter.Link.ETHERNET, false, 200)
                .write(tap.segments);
        Coverage coverage = read(file);
        assertThat(coverage.noted("packets that the recording cut short")).isEqualTo(7);
        assertThat(coverage.noted("bytes that are missing")).isPositive();
        assertThat(commands.getLast().arguments()).isEqualTo(Arguments.of("GET", "k"));
    }

    @Test
    void encryptedAndOtherConnectionsAreNamed() {
        List<Tap.Segment> all = new ArrayList<>();
        all.addAll(new Tap(50_001, 5, 1_460)
                .open(T)
                .client(T, "\u0016\u0003\u0001\u0002")
                .server(T, "\u0016\u0003\u0003")
                .segments);
        all.addAll(new Tap(50_002, 5, 1_460).client(T, "\u0017\u0003\u0003\u0002abc").segments);
        all.addAll(new Tap(50_003, 5, 1_460).open(T).client(T, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").segments);
        all.addAll(connection().client(T, resp("PING")).server(T, "+PONG\r\n").segments);
        Coverage coverage = read(PacketWriter.plain(all));
        assertThat(lines()).containsExactly("PING");
        assertThat(coverage.noted("encrypted connections (TLS), not read")).isEqualTo(2);
        assertThat(coverage.noted("connections of other protocols, not read")).isEqualTo(1);
    }

    @Test
    void aReplicationLinkIsLeftAlone() {
        Tap tap = connection().client(T, resp("PING")).server(T, "+PONG\r\n").client(T, resp("PSYNC", "?", "-1"));
        tap.server(T, "+FULLRESYNC abc 0\r\n$5\r\nREDIS").server(T, resp("SET", "k", "v"));
        Coverage coverage = read(tap);
        assertThat(lines()).containsExactly("PING", "PSYNC ? -1");
        assertThat(coverage.noted("replication links, read up to their start")).isEqualTo(1);
    }

    @Test
    void theMonitorOfAnotherToolIsNotTakenForAnswers() {
        Tap tap = connection()
                .client(T, resp("MONITOR"))
                .server(T, "+OK\r\n")
                .server(T, "+1.5 [0 lua] \"GET\" \"x\"\r\n");
        assertThat(read(tap).noted("messages that servers pushed")).isEqualTo(1);
        assertThat(lines()).containsExactly("MONITOR");
    }

    @Test
    void aConnectionUnderWayIsPairedWhenItWasQuiet() {
        Tap tap = new Tap(50_000, 1_000, 1_460);
        tap.server(T, "$3\r\nold\r\n").client(T + 10, resp("GET", "a")).server(T + 20, "$1\r\nA\r\n");
        tap.client(T + 5 * MS, resp("GET", "b")).server(T + 5 * MS + 30, "$-1\r\n");
        Coverage coverage = read(tap);
        assertThat(lines()).containsExactly("GET a", "GET b");
        assertThat(commands.getFirst().database()).isEqualTo(CapturedCommand.DATABASE_UNKNOWN);
        assertThat(commands.getFirst().answer()).isEmpty();
        assertThat(answer(1)).isEqualTo(new Answer(ReplyType.NULL, 5, 0, 30, 0, 0));
        assertThat(coverage.noted("connections under way when the recording began"))
                .isEqualTo(1);
    }

    @Test
    void portsThatAreUsedAgainAreAnotherConnection() {
        List<Tap.Segment> all = new ArrayList<>(
                connection().client(T, resp("SELECT", "7")).server(T, "+OK\r\n").ends(T).segments);
        all.addAll(new Tap(50_000, 99, 1_460)
                .open(T + 1)
                .client(T + 1, resp("GET", "a"))
                .server(T + 2, "$-1\r\n")
                .resets(T + 3)
                .segments);
        read(PacketWriter.plain(all));
        assertThat(commands.stream().map(one -> one.client().number())).containsExactly(0, 1);
        assertThat(commands.getLast().database()).isZero();
    }

    @Test
    void commandsComeInOrderOfTime() {
        Tap slow = connection().client(T, resp("BLPOP", "q", "0"));
        Tap fast = new Tap(50_001, 5, 1_460)
                .open(T + 1)
                .client(T + 2, resp("PING"))
                .server(T + 3, "+PONG\r\n");
        List<Tap.Segment> all = new ArrayList<>(slow.segments);
        all.addAll(fast.segments);
        slow.segments.clear();
        all.addAll(slow.server(T + 10, "*-1\r\n").segments);
        read(PacketWriter.plain(all));
        assertThat(lines()).containsExactly("BLPOP q 0", "PING");
    }

    @Test
    void aFileThatEndsInsideAPacketIsReadUpToThere() {
        byte[] whole = PacketWriter.plain(connection().client(T, resp("PING")).server(T, "+PONG\r\n").segments);
        for (int length = 24; length < whole.length; length++) {
            Coverage coverage = read(Arrays.copyOf(whole, length));
            assertThat(coverage.commands()).isLessThanOrEqualTo(1);
        }
        assertThat(read(Arrays.copyOf(whole, whole.length - 1)).noted("the recording ends inside a packet"))
                .isEqualTo(1);
    }

    @Test
    void damageIsToldWithItsPlace() {
        byte[] file = PacketWriter.plain(connection().client(T, resp("PING")).segments);
        file[24 + 8 + 3] = 0x7F;
        assertThatThrownBy(() -> read(file))
                .hasRootCauseInstanceOf(MalformedCapture.class)
                .hasMessageContaining("test, byte 24: a packet of");
        assertThatThrownBy(() -> read("hello, world".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("test, byte 0: neither a pcap nor a pcapng file");
    }
}
