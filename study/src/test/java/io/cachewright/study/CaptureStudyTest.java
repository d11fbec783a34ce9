package io.cachewright.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.capture.Captures;
import io.cachewright.drawing.Ink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureStudyTest {

    @TempDir
    private Path directory;

    @Test
    void namesOfAnyBytesAreToldSoThatATerminalCanShowThemAndPeopleCanTellThemApart() throws IOException {
        StringBuilder monitor = new StringBuilder("OK\n");
        for (int i = 0; i < 200; i++) {
            monitor.append(1_700_000_000 + i)
                    .append(".000001 [0 127.0.0.1:5] \"SET\" \"bin:\\x1b[31m\\x")
                    .append(i % 2 == 0 ? "fe" : "ff")
                    .append("\" \"v\"\n");
        }
        Path file = Files.writeString(directory.resolve("monitor.log"), monitor);
        CaptureView view = CaptureStudy.view(Captures.open(file), "monitor.log", "test");

        assertThat(view.hotByRequests())
                .extracting(CaptureView.HotKey::key)
                .containsExactlyInAnyOrder("bin:\\x1b[31m\\xfe", "bin:\\x1b[31m\\xff");
        assertThat(Rendering.text(view, Ink.PLAIN)).doesNotContain("\u001b", "\ufffd");
    }
}
