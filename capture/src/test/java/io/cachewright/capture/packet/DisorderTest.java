package io.cachewright.capture.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import io.cachewright.capture.command.MalformedCapture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What networks and recordings do to packets: out of order, twice, in other pieces, lost, cut, begun in the middle.
/// The answer to command `n` of a connection is a string of `n` bytes, so that a wrong pairing shows.
class DisorderTest {

    private static final long T = 1_700_000_000_000_000_000L;

    private record Play(List<Tap.Segment> segments, Map<String, List<Arguments>> sent) {}

    private static Play play(SplittableRandom random, boolean opens, int pipelineMax) {
        List<Tap.Segment> segments = new ArrayList<>();
        Map<String, List<Arguments>> sent = new HashMap<>();
        for (int connection = 0; connection < 3; connection++) {
            int port = 50_000 + connection;
            Tap tap = new Tap(port, random.nextInt(), 1 + random.nextInt(60));
            if (opens) {
                tap.open(T);
            }
            List<Arguments> commands = new ArrayList<>();
            long now = T;
            for (int n = 0; n < 60; ) {
                StringBuilder requests = new StringBuilder();
                StringBuilder replies = new StringBuilder();
                for (int i = 1 + random.nextInt(pipelineMax); i > 0; i--, n++) {
                    Arguments command =
                            Arguments.of("SET", "k" + n, "v".repeat(random.nextInt(90)), "*2\r\n$3\r\nnot\r\n", "GET");
                    commands.add(command);
                    requests.append("*5\r\n");
                    for (int j = 0; j < 5; j++) {
                        requests.append('$')
                                .append(command.length(j))
                                .append("\r\n")
                                .append(command.text(j))
                                .append("\r\n");
                    }
                    replies.append('$')
                            .append(n)
                            .append("\r\n")
                            .append("r".repeat(n))
                            .append("\r\n");
                }
                now += 5_000 + random.nextInt(3_000_000);
                tap.client(now, requests.toString());
                now += 5_000 + random.nextInt(200_000);
                tap.server(now, replies.toString());
            }
            sent.put("10.0.0.7:" + port, commands);
            segments.addAll(tap.segments);
        }
        segments.sort(Comparator.comparingLong(Tap.Segment::timeNanos));
        return new Play(segments, sent);
    }

    private static Coverage read(List<Tap.Segment> segments, Map<String, List<CapturedCommand>> commands) {
        byte[] file = PacketWriter.plain(segments);
        try {
            return new PacketCapture(() -> new ByteArrayInputStream(file), "test", CaptureLimits.WHOLE, Set.of())
                    .read(command -> commands.computeIfAbsent(command.client().address(), _ -> new ArrayList<>())
                            .add(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void everyAnswerIsItsOwn(Map<String, List<CapturedCommand>> commands) {
        commands.values()
                .forEach(all -> all.forEach(command -> command.answer()
                        .ifPresent(answer -> assertThat(answer.length())
                                .as(command.arguments().text(1))
                                .isEqualTo(Long.parseLong(
                                        command.arguments().text(1).substring(1))))));
    }

    @RepeatedTest(30)
    void disorderAndRepetitionChangeNothing(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Play play = play(random, true, 8);
        List<Tap.Segment> disordered = new ArrayList<>();
        for (Tap.Segment segment : play.segments()) {
            long jitter = segment.length() == 0 ? 0 : random.nextInt(3);
            disordered.add(segment.at(segment.timeNanos() + jitter));
            if (segment.length() > 2 && random.nextInt(4) == 0) {
                int from = random.nextInt(segment.length());
                disordered.add(segment.slice(from, from + 1 + random.nextInt(segment.length() - from)));
            }
        }
        disordered.sort(Comparator.comparingLong(Tap.Segment::timeNanos));
        Map<String, List<CapturedCommand>> commands = new HashMap<>();
        Coverage coverage = read(disordered, commands);

        play.sent()
                .forEach((client, sent) -> assertThat(commands.getOrDefault(client, List.of()).stream()
                                .map(CapturedCommand::arguments))
                        .containsExactlyElementsOf(sent));
        assertThat(commands.values())
                .allMatch(all -> all.stream().allMatch(one -> one.answer().isPresent()));
        everyAnswerIsItsOwn(commands);
        assertThat(coverage.noted("bytes that are missing")).isZero();
    }

    @RepeatedTest(60)
    void whatIsLostIsToldAndTheRestStaysRight(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(1_000 + repetition.getCurrentRepetition());
        boolean opens = random.nextBoolean();
        Play play = play(random, opens, 1 + random.nextInt(4));
        List<Tap.Segment> kept = new ArrayList<>(play.segments());
        int losses = 1 + random.nextInt(12);
        for (int i = 0; i < losses; i++) {
            kept.remove(4 + random.nextInt(kept.size() - 4));
        }
        Map<String, List<CapturedCommand>> commands = new HashMap<>();
        Coverage coverage = read(kept, commands);

        commands.forEach((client, all) -> {
            List<Arguments> sent = play.sent().getOrDefault(client, List.of());
            int next = 0;
            for (CapturedCommand command : all) {
                // A value of which a piece is lost is known by its key and its length.
                while (next < sent.size() && !isSame(sent.get(next), command.arguments())) {
                    next++;
                }
                assertThat(next)
                        .as(client + " never sent " + command.arguments().text(1))
                        .isLessThan(sent.size());
                next++;
            }
        });
        everyAnswerIsItsOwn(commands);
        assertThat(coverage.commands()).isGreaterThan(60);
    }

    private static boolean isSame(Arguments sent, Arguments seen) {
        if (sent.count() != seen.count() || !sent.text(1).startsWith(seen.text(1))) {
            return false;
        }
        for (int i = 0; i < sent.count(); i++) {
            if (sent.length(i) != seen.length(i) || !sent.text(i).startsWith(seen.text(i))) {
                return false;
            }
        }
        return true;
    }

    @Test
    void damagedFilesEndInAClearErrorOrInCommands() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 3_000; round++) {
            PacketWriter.Format format = List.of(PacketWriter.Format.values()).get(random.nextInt(5));
            PacketWriter.Link link = List.of(PacketWriter.Link.values()).get(random.nextInt(8));
            Play play = play(random, random.nextBoolean(), 3);
            byte[] file = new PacketWriter(format, ByteOrder.LITTLE_ENDIAN, link, random.nextBoolean())
                    .write(play.segments().subList(0, 40));
            for (int i = 1 + random.nextInt(20); i > 0; i--) {
                int from = random.nextInt(4) == 0 ? 0 : 24;
                file[from + random.nextInt(file.length - from)] = (byte) random.nextInt(256);
            }
            long[] seen = {0};
            try {
                Coverage coverage = new PacketCapture(
                                () -> new ByteArrayInputStream(file), "damaged", CaptureLimits.ANALYSIS, Set.of())
                        .read(_ -> seen[0]++);
                assertThat(coverage.commands()).isEqualTo(seen[0]);
            } catch (MalformedCapture e) {
                assertThat(e.getMessage()).matches("damaged, byte \\d+: .+");
            } catch (IOException e) {
                throw new AssertionError("an error of another kind", e);
            }
        }
    }
}
