package io.cachewright.optimizer.prove.practice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Values that look like market data: the same number gives the same value.
final class Payload {

    private static final int MID_TICKS = 6_168_625;

    private Payload() {}

    /// Digits, so many bytes of them.
    static String text(int number, int bytes) {
        SplittableRandom random = new SplittableRandom(number);
        StringBuilder text = new StringBuilder(bytes);
        for (int i = 0; i < bytes; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.toString();
    }

    /// The price of a level, best first: bids fall, asks rise.
    static String price(boolean isBid, int level) {
        int ticks = ticks(isBid, level);
        return String.format(Locale.ROOT, "%d.%02d", ticks / 100, ticks % 100);
    }

    /// The same price as a whole number of hundredths.
    static int ticks(boolean isBid, int level) {
        return isBid ? MID_TICKS - level : MID_TICKS + 1 + level;
    }

    /// A quantity with eight decimals, as crypto feeds print them.
    static String quantity(int number) {
        return String.format(Locale.ROOT, "%d.%08d", units(number) / 100_000_000, units(number) % 100_000_000);
    }

    /// The same quantity as a whole number of hundred-millionths.
    static long units(int number) {
        return new SplittableRandom(number).nextLong(1, 1_000_000_000L);
    }

    /// A whole book as one JSON document.
    static String jsonBook(int levels, int number) {
        return "{\"seq\":" + number + ",\"bids\":" + jsonSide(true, levels, number) + ",\"asks\":"
                + jsonSide(false, levels, number) + "}";
    }

    private static String jsonSide(boolean isBid, int levels, int number) {
        List<String> parts = new ArrayList<>(levels);
        for (int level = 0; level < levels; level++) {
            parts.add("[\"" + price(isBid, level) + "\",\"" + quantity(number + level) + "\"]");
        }
        return "[" + String.join(",", parts) + "]";
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
