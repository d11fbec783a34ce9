package io.cachewright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// As its README tells it.
class QuoteDeskTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void showsWhatACutLinkDoesToEachClass() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream commands = new PipedInputStream(keyboard)) {
            Thread running = Thread.ofVirtual().start(() -> run(commands));
            awaitPrinted(text -> text.contains("risk:limit:DESK-7   2500000 NEAR"));
            type(keyboard, "cut");
            awaitPrinted(text -> text.contains("STALE") && text.contains("class limits refuses reads meanwhile"));
            type(keyboard, "restore");
            printed.reset();
            awaitPrinted(text -> text.contains("NEAR") && text.contains("2500000"));
            type(keyboard, "quit");
            running.join();
        }
    }

    private void run(PipedInputStream commands) {
        try {
            QuoteDesk.run(commands, new PrintStream(printed, true, StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void type(PipedOutputStream keyboard, String command) throws IOException {
        keyboard.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void awaitPrinted(Predicate<String> wanted) throws InterruptedException {
        for (int i = 0; i < 20_000 && !wanted.test(printed.toString(StandardCharsets.UTF_8)); i++) {
            Thread.sleep(1);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).matches(wanted);
    }
}
