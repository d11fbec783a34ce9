package io.cachewright.app;

import java.util.Locale;

/// Says now and then how much of a file was read; short files say nothing.
final class ReadingProgress {

    private static final long EVERY_NANOS = 1_000_000_000;

    private final Narrator narrator;
    private final String what;
    private long nextNanos = System.nanoTime() + EVERY_NANOS;

    ReadingProgress(Narrator narrator, String what) {
        this.narrator = narrator;
        this.what = what;
    }

    void at(long bytes, long totalBytes) {
        long now = System.nanoTime();
        if (now - nextNanos >= 0 && totalBytes > 0) {
            nextNanos = now + EVERY_NANOS;
            narrator.say(String.format(Locale.ROOT, "%s: %.0f %%", what, 100.0 * bytes / totalBytes));
        }
    }
}
