package io.cachewright.snapshot.rdb;

import io.cachewright.snapshot.rdb.RdbWalker.Course;
import io.cachewright.snapshot.rdb.RdbWalker.Progress;
import io.cachewright.snapshot.rdb.RdbWalker.Stretch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A walk in ranges on several threads, with the outcome of a walk in one go.
///
/*
 * The file is cut into ranges of the same length. Each range but the first begins where RecordSearch guesses a record,
 * and is walked up to where the next range begins. If a walk does not come to that very place, the guess was wrong: it
 * goes on into the next range, and what was read there is thrown away. Ranges are taken one after the other from the first
 * on, so that nothing counts that a walk from the start would not have come to; nor does an error.
 */
final class RangedWalk<V extends RdbVisitor> {

    static final long RANGE_BYTES_MIN = 8 << 20;

    /// More than one, so that a thread that is done early finds another.
    private static final int RANGES_PER_THREAD = 2;

    private static final int THREADS_MAX = 16;
    private static final long PROGRESS_BYTES = 1 << 22;
    private static final long PROGRESS_MILLIS = 100;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final RdbFormat format;
    private final RecordSearch search;
    private final Supplier<V> visitors;
    private final List<Range> ranges = new ArrayList<>();
    private final AtomicLong walkedBytes = new AtomicLong();

    /// Once set, whoever still walks does so for nothing.
    private volatile boolean over;

    /// The outcome of a walk from the start.
    private record Walked<V>(V visitor, Stretch stretch, int next) {}

    private RangedWalk(Path file, FileChannel channel, int count, Supplier<V> visitors) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
        this.format = RdbWalker.header(RdbInput.of(file, channel, 0));
        this.search = new RecordSearch(file, channel, format);
        this.visitors = visitors;
        for (int i = 0; i < count; i++) {
            ranges.add(new Range(i, size / count * i));
        }
    }

    static int rangesFor(long fileBytes) {
        int threads = threads();
        return threads == 1 ? 1 : (int) Math.clamp(fileBytes / RANGE_BYTES_MIN, 1, (long) RANGES_PER_THREAD * threads);
    }

    private static int threads() {
        return Math.min(Runtime.getRuntime().availableProcessors(), THREADS_MAX);
    }

    /// Walks a file; gives where its RDB part ends.
    static <V extends RdbVisitor> long walk(
            Path file, int count, Supplier<V> visitors, Consumer<V> inOrder, Progress progress) {
        try (FileChannel channel = FileChannel.open(file)) {
            RangedWalk<V> walk = new RangedWalk<>(file, channel, count, visitors);
            return count == 1 ? walk.inOneGo(inOrder, progress) : walk.onThreads(inOrder, progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long inOneGo(Consumer<V> inOrder, Progress progress) throws IOException {
        Walked<V> all = ranges.getFirst().walk(RdbWalker.reporting(progress, size));
        return end(all, all.stretch().checksum(), inOrder, progress);
    }

    private long onThreads(Consumer<V> inOrder, Progress progress) throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(threads(), ranges.size()),
                Thread.ofPlatform().daemon().name("snapshot-", 1).factory())) {
            List<Future<Optional<Walked<V>>>> walks = ranges.stream()
                    .map(range -> threads.submit(range::walkFromGuess))
                    .toList();
            try {
                return takeInOrder(walks, inOrder, progress);
            } finally {
                over = true;
            }
        }
    }

    private long takeInOrder(List<Future<Optional<Walked<V>>>> walks, Consumer<V> inOrder, Progress progress)
            throws IOException {
        Walked<V> walked = await(walks.getFirst(), progress);
        long checksum = walked.stretch().checksum();
        int range = 0;
        while (!walked.stretch().atEnd()) {
            inOrder.accept(walked.visitor());
            // Only here it is known who began at a record: a range that did not may have passed by one that did.
            ranges.subList(range + 1, walked.next()).forEach(between -> between.inVain = true);
            range = walked.next();
            walked = await(walks.get(range), progress);
            Stretch stretch = walked.stretch();
            checksum = Crc64.join(checksum, stretch.checksum(), stretch.to() - stretch.from());
        }
        return end(walked, checksum, inOrder, progress);
    }

    private Walked<V> await(Future<Optional<Walked<V>>> walk, Progress progress) throws InterruptedIOException {
        while (true) {
            try {
                return walk.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS).orElseThrow();
            } catch (TimeoutException _) {
                progress.at(Math.min(walkedBytes.get(), size), size);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading " + file);
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException failure -> throw failure;
                    case Error failure -> throw failure;
                    case null, default -> throw new IllegalStateException(e);
                }
            }
        }
    }

    private long end(Walked<V> last, long checksum, Consumer<V> inOrder, Progress progress) throws IOException {
        RdbInput rest = RdbInput.of(file, channel, last.stretch().to());
        last.visitor().end(RdbWalker.verify(format, rest, checksum));
        inOrder.accept(last.visitor());
        progress.at(size, size);
        return rest.offset();
    }

    private final class Range implements Course {

        private final int index;
        private final long nominalStart;
        private @Nullable OptionalLong guessed;

        /// The range that is to follow; those between were walked through.
        private int next;

        private long told;
        private volatile boolean inVain;

        Range(int index, long nominalStart) {
            this.index = index;
            this.nominalStart = nominalStart;
            this.next = index + 1;
        }

        /// Where it begins, if that can be guessed; asked by whoever needs it first.
        private synchronized OptionalLong start() {
            if (guessed == null) {
                long end = index + 1 < ranges.size() ? ranges.get(index + 1).nominalStart : size;
                guessed = index == 0 ? OptionalLong.of(0) : search.between(nominalStart, end);
            }
            return guessed;
        }

        /// Empty when nobody knows where to begin.
        Optional<Walked<V>> walkFromGuess() throws IOException {
            OptionalLong from = start();
            return from.isEmpty() || over ? Optional.empty() : Optional.of(walk(this));
        }

        Walked<V> walk(Course course) throws IOException {
            told = start().orElseThrow();
            RdbInput input = RdbInput.of(file, channel, told);
            V visitor = visitors.get();
            if (index == 0) {
                visitor.format(RdbWalker.header(input));
            }
            RdbWalker walker = new RdbWalker(format, input, visitor, index == 0 ? 0 : RdbKey.INHERITED);
            return new Walked<>(visitor, walker.walk(course), next);
        }

        @Override
        public long askAgainAt(long at) {
            if (over || inVain) {
                throw new CancellationException("nobody needs this range");
            }
            walkedBytes.addAndGet(at - told);
            told = at;
            while (next < ranges.size()) {
                Range following = ranges.get(next);
                long start = at < following.nominalStart
                        ? following.nominalStart
                        : following.start().orElse(-1);
                if (start == at) {
                    return at;
                }
                if (start > at) {
                    return Math.min(start, at + PROGRESS_BYTES);
                }
                next++;
            }
            return at + PROGRESS_BYTES;
        }
    }
}
