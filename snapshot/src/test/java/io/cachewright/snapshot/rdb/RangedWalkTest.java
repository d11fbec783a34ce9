package io.cachewright.snapshot.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A walk in ranges tells what a walk in one go tells, and fails where that fails.
class RangedWalkTest {

    private static final int KEYS = 3_000;
    private static final int DAMAGES = 60;

    @TempDir
    Path directory;

    @RepeatedTest(5)
    void tellsTheSameAsAWalkInOneGo(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Path file = RdbBytes.write(directory, manyKeys(random).end());
        List<String> inOneGo = Transcript.of(file);
        assertThat(inOneGo).contains("VERIFIED").hasSizeGreaterThan(2 * KEYS);
        for (int ranges : new int[] {2, 3, 10, 40}) {
            assertThat(Transcript.inRanges(file, ranges))
                    .as("in %d ranges", ranges)
                    .isEqualTo(inOneGo);
        }
    }

    @Test
    void startsRangesWhereRecordsBegin() {
        AtomicLong visitors = new AtomicLong();
        Path file = RdbBytes.write(directory, manyKeys(new Random(6)).end());
        RdbWalker.walkInRanges(file, 10, Transcript::new, _ -> visitors.incrementAndGet(), (_, _) -> {});
        assertThat(visitors).as("ranges whose start was guessed").hasValue(10);
    }

    @Test
    void isNotMisledByValuesThatReadLikeKeys() {
        RdbBytes decoy = new RdbBytes("");
        for (int i = 0; i < 2_000; i++) {
            decoy.bytes(0).string("key" + i).string("value" + i);
        }
        byte[] value = decoy.endWithoutChecksum();
        RdbBytes content = new RdbBytes("REDIS0010").bytes(254, 0);
        for (int i = 0; i < 20; i++) {
            content.bytes(0).string("outer" + i).longString(value);
        }
        Path file = RdbBytes.write(directory, content.end());
        assertThat(Transcript.inRanges(file, 25)).isEqualTo(Transcript.of(file)).hasSize(20 * 3 + 1);
    }

    @Test
    void readsZerosWhereNoKeyBegins() {
        RdbBytes content = new RdbBytes("REDIS0010").bytes(254, 0);
        content.bytes(0).string("zeros").longString(new byte[100_000]);
        for (int i = 0; i < 100; i++) {
            content.bytes(0).string("key" + i).string("value");
        }
        Path file = RdbBytes.write(directory, content.end());
        assertThat(Transcript.inRanges(file, 20)).isEqualTo(Transcript.of(file));
    }

    @RepeatedTest(3)
    void failsAsAWalkInOneGoDoes(RepetitionInfo repetition) {
        Random random = new Random(100 + repetition.getCurrentRepetition());
        byte[] whole = manyKeys(random).end();
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged =
                    random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(9, whole.length)) : whole.clone();
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path file = RdbBytes.write(directory, damaged);
            assertThat(outcome(file, 12)).isEqualTo(outcome(file, 1));
        }
    }

    private static Object outcome(Path file, int ranges) {
        try {
            return Transcript.inRanges(file, ranges);
        } catch (MalformedSnapshot problem) {
            return String.valueOf(problem.getMessage());
        }
    }

    /// Keys of several types, with and without expiry, in three databases.
    private static RdbBytes manyKeys(Random random) {
        RdbBytes content =
                new RdbBytes("REDIS0010").bytes(250).string("redis-ver").string("7.0.15");
        for (int i = 0; i < KEYS; i++) {
            if (i % (KEYS / 3) == 0) {
                content.bytes(254, i / (KEYS / 3)).bytes(251, 1, 0);
            }
            if (random.nextInt(3) == 0) {
                content.bytes(252).littleEndian(1_750_000_000_000L + random.nextInt());
            }
            String name = "key:" + i;
            switch (random.nextInt(5)) {
                case 0 -> content.bytes(0).string(name).string("v".repeat(random.nextInt(60)));
                case 1 -> content.bytes(0).string(name).bytes(0xC1, random.nextInt(256), random.nextInt(256));
                case 2 -> {
                    int members = random.nextInt(1, 20);
                    content.bytes(5).string(name).bytes(members);
                    for (int j = 0; j < members; j++) {
                        content.string("member" + j).littleEndian(random.nextLong());
                    }
                }
                case 3 -> {
                    int fields = random.nextInt(1, 20);
                    content.bytes(4).string(name).bytes(fields);
                    for (int j = 0; j < fields; j++) {
                        content.string("field" + j).bytes(0xC0, random.nextInt(256));
                    }
                }
                default -> {
                    // A listpack of four entries of two bytes each.
                    content.bytes(16).string(name).bytes(15, 15, 0, 0, 0, 4, 0, 1, 1, 2, 1, 3, 1, 4, 1, 0xFF);
                    content.bytes(0);
                    content.string(name + ":after").string("");
                }
            }
        }
        return content;
    }
}
