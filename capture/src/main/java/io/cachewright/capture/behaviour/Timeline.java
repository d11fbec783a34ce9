package io.cachewright.capture.behaviour;

import java.util.ArrayList;
import java.util.List;

/// Commands over time in at most 2,048 stretches, whose length doubles when the capture outgrows them.
final class Timeline {

    private static final int STRETCHES = 2_048;
    private static final long FIRST_WIDTH_NANOS = 10_000_000;

    private final long[] commands = new long[STRETCHES];
    private final long[] bytes = new long[STRETCHES];
    private long widthNanos = FIRST_WIDTH_NANOS;
    private long startNanos = Long.MIN_VALUE;
    private int used;

    void add(long timeNanos, long wireBytes) {
        if (startNanos == Long.MIN_VALUE) {
            startNanos = timeNanos;
        }
        long stretch = Math.max(0, timeNanos - startNanos) / widthNanos;
        while (stretch >= STRETCHES) {
            halve();
            stretch /= 2;
        }
        commands[(int) stretch]++;
        bytes[(int) stretch] += wireBytes;
        used = Math.max(used, (int) stretch + 1);
    }

    private void halve() {
        for (int i = 0; i < STRETCHES / 2; i++) {
            commands[i] = commands[2 * i] + commands[2 * i + 1];
            bytes[i] = bytes[2 * i] + bytes[2 * i + 1];
        }
        for (int i = STRETCHES / 2; i < STRETCHES; i++) {
            commands[i] = 0;
            bytes[i] = 0;
        }
        widthNanos *= 2;
        used = (used + 1) / 2;
    }

    List<Behaviour.Stretch> result() {
        List<Behaviour.Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < used; i++) {
            stretches.add(new Behaviour.Stretch(startNanos + i * widthNanos, widthNanos, commands[i], bytes[i]));
        }
        return stretches;
    }
}
