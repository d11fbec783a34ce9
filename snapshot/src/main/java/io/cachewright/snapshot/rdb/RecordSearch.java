package io.cachewright.snapshot.rdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/// Guesses where a record begins in the middle of a file.
///
/*
 * Nothing in an RDB file marks the beginning of a record. But what is none rarely reads as several keys one after the other, and
 * reading from a wrong place tends to fall into step with the records. So every byte that could begin a key is tried,
 * until KEYS keys can be read from there, and the guess is what follows them. It is a guess: values may hold what reads
 * like keys. Whoever uses it must arrive at the same place by walking from the start.
 */
final class RecordSearch {

    private static final int KEYS = 8;
    private static final int WINDOW_BYTES = 1 << 20;

    /// Where no key is found in this much, values are so long that there is little to parse.
    private static final int SEARCHED_BYTES_MAX = 16 << 20;

    private static final RdbVisitor NOBODY = new RdbVisitor() {};

    private final Path file;
    private final FileChannel channel;
    private final RdbFormat format;

    RecordSearch(Path file, FileChannel channel, RdbFormat format) {
        this.file = file;
        this.channel = channel;
        this.format = format;
    }

    /// Where a record seems to begin in `[from, to)`.
    OptionalLong between(long from, long to) {
        try {
            long end = Math.min(to, from + SEARCHED_BYTES_MAX);
            for (long at = from; at < end; at += WINDOW_BYTES / 2) {
                long found = in(window(at), at);
                if (found >= 0) {
                    return found < to ? OptionalLong.of(found) : OptionalLong.empty();
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] window(long from) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
        while (window.hasRemaining() && channel.read(window, from + window.position()) >= 0) {
            // On to the end of the window or of the file.
        }
        return Arrays.copyOf(window.array(), window.position());
    }

    /// Begins in the first half of the window only, as the second half is the first one of the next.
    private long in(byte[] window, long offset) {
        RdbInput input = RdbInput.ofPart(file, window, offset);
        RdbWalker walker = new RdbWalker(format, input, NOBODY, RdbKey.INHERITED);
        for (int i = 0; i < Math.min(window.length, WINDOW_BYTES / 2); i++) {
            if (TypeNumber.mayBe(window[i] & 0xff)) {
                input.position = i;
                if (keysStandHere(walker)) {
                    return input.offset();
                }
            }
        }
        return -1;
    }

    private static boolean keysStandHere(RdbWalker walker) {
        try {
            return walker.passesKeys(KEYS);
        } catch (MalformedSnapshot _) {
            return false;
        }
    }
}
