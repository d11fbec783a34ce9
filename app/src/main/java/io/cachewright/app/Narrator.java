package io.cachewright.app;

import java.util.Locale;

/// Says on standard error what is being done, with the time since the start, so that nobody wonders during long work.
final class Narrator {

    private final Console console;
    private final long startedNanos = System.nanoTime();

    Narrator(Console console) {
        this.console = console;
    }

    void say(String what) {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        console.say(String.format(Locale.ROOT, "[%6.1f s] %s", seconds, what));
    }
}
