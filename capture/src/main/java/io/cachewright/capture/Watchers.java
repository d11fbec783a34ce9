package io.cachewright.capture;

import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Shows the commands of one capture to several watchers, each on a thread of its own while the caller reads on.
///
/// ```java
/// Coverage coverage = Watchers.read(capture, List.of(behaviour, antiPatterns));
/// ```
public final class Watchers {

    private static final int BATCH_COMMANDS = 1_024;

    /// Kept of the arguments of a batch: long values make short batches.
    private static final int BATCH_BYTES = 1 << 20;

    /// A watcher that is slower than the reader makes it wait.
    private static final int BATCHES_AHEAD = 8;

    private static final List<CapturedCommand> END = List.of();

    private Watchers() {}

    /// Reads the capture once; every watcher sees every command in the order of the capture, and has seen the last one
    /// when this returns. A capture of a few commands is read without threads.
    ///
    /// @throws io.cachewright.capture.command.MalformedCapture as [Capture#read] does
    /// @throws CancellationException when the calling thread is interrupted; its interrupt status is set
    public static Coverage read(Capture capture, List<? extends Consumer<? super CapturedCommand>> watchers)
            throws IOException {
        Reading reading = new Reading(watchers);
        try {
            Coverage coverage = capture.read(reading);
            reading.finish();
            return coverage;
        } finally {
            reading.stop();
        }
    }

    private static final class Reading implements Consumer<CapturedCommand> {

        private final List<? extends Consumer<? super CapturedCommand>> watchers;
        private final List<Watcher> started = new ArrayList<>();
        private List<CapturedCommand> batch = new ArrayList<>(BATCH_COMMANDS);
        private int batchBytes;

        Reading(List<? extends Consumer<? super CapturedCommand>> watchers) {
            this.watchers = watchers;
        }

        @Override
        public void accept(CapturedCommand command) {
            batch.add(command);
            batchBytes += command.arguments().keptBytes();
            if (batch.size() == BATCH_COMMANDS || batchBytes >= BATCH_BYTES) {
                if (started.isEmpty()) {
                    watchers.forEach(watcher -> started.add(new Watcher(watcher)));
                }
                handOver(batch);
                batch = new ArrayList<>(BATCH_COMMANDS);
                batchBytes = 0;
            }
        }

        private void handOver(List<CapturedCommand> commands) {
            try {
                for (Watcher watcher : started) {
                    watcher.queue.put(commands);
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        /// The rest is seen, and whatever went wrong with a watcher is thrown.
        void finish() {
            if (started.isEmpty()) {
                watchers.forEach(watcher -> batch.forEach(watcher));
                return;
            }
            if (!batch.isEmpty()) {
                handOver(batch);
            }
            handOver(END);
            try {
                for (Watcher watcher : started) {
                    watcher.thread.join();
                    if (watcher.failure != null) {
                        throw watcher.failure;
                    }
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        void stop() {
            started.forEach(watcher -> watcher.thread.interrupt());
        }

        private static CancellationException interrupted() {
            Thread.currentThread().interrupt();
            return new CancellationException("reading a capture was interrupted");
        }
    }

    /// One watcher with its thread. After a failure it takes what comes and looks at nothing, so that
    /// nobody waits for it.
    private static final class Watcher {

        private final Consumer<? super CapturedCommand> watcher;
        private final BlockingQueue<List<CapturedCommand>> queue = new ArrayBlockingQueue<>(BATCHES_AHEAD);
        private final Thread thread;

        /// Read after the thread has ended.
        private @Nullable RuntimeException failure;

        Watcher(Consumer<? super CapturedCommand> watcher) {
            this.watcher = watcher;
            this.thread = Thread.ofPlatform().daemon().name("capture-watcher").start(this::run);
        }

        private void run() {
            try {
                for (List<CapturedCommand> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
                    if (failure == null) {
                        show(batch);
                    }
                }
            } catch (InterruptedException _) {
                // Stopped before the end: nobody waits for the rest.
            }
        }

        private void show(List<CapturedCommand> batch) {
            try {
                batch.forEach(watcher);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }
}
