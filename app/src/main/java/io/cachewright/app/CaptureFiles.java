package io.cachewright.app;

import io.cachewright.capture.Captures;
import io.cachewright.capture.command.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens captures, with the progress of reading them told.
final class CaptureFiles {

    private CaptureFiles() {}

    static Capture open(Path file, Narrator narrator) throws IOException {
        narrator.say("reading " + file);
        ReadingProgress progress = new ReadingProgress(narrator, "reading " + file);
        long size = Files.size(file);
        return Captures.open(file, Captures.Options.DEFAULT.withProgress(bytes -> progress.at(bytes, size)));
    }
}
