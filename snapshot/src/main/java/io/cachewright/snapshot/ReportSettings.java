package io.cachewright.snapshot;

import io.cachewright.domain.keys.FamilyPatterns;
import io.cachewright.snapshot.memory.ServerMemory;
import java.time.Instant;
import java.util.Optional;

/// What a report is to say. A value: each `with…` gives a new one.
///
/// @param server whose memory is modelled; the writer of the file with its bundled jemalloc when empty
/// @param at the moment that times to live count from; when the file was written when empty, now when it does not say
/// @param biggestKeys how many of the biggest keys are named
/// @param biggestElements how many of the biggest elements are named
/// @param elementBytesMin elements below this are not looked for; packed values below it need not be unpacked
/// @param patterns families that the user has named
/// @param progress told now and then
public record ReportSettings(
        Optional<ServerMemory> server,
        Optional<Instant> at,
        int biggestKeys,
        int biggestElements,
        int elementBytesMin,
        FamilyPatterns patterns,
        Progress progress) {

    private static final int BIGGEST_MAX = 100_000;

    /// Told how far reading has come, from the thread that reads.
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (_, _) -> {};

        void read(long bytes, long totalBytes);
    }

    public static final ReportSettings DEFAULT =
            new ReportSettings(Optional.empty(), Optional.empty(), 20, 20, 1024, FamilyPatterns.NONE, Progress.NONE);

    public ReportSettings {
        if (biggestKeys < 0 || biggestKeys > BIGGEST_MAX || biggestElements < 0 || biggestElements > BIGGEST_MAX) {
            throw new IllegalArgumentException("0 to " + BIGGEST_MAX + " of the biggest can be named, was "
                    + biggestKeys + " keys and " + biggestElements + " elements");
        }
        if (elementBytesMin < 1) {
            throw new IllegalArgumentException("an element has 1 byte at least, was " + elementBytesMin);
        }
    }

    public ReportSettings withServer(ServerMemory newServer) {
        return new ReportSettings(
                Optional.of(newServer), at, biggestKeys, biggestElements, elementBytesMin, patterns, progress);
    }

    public ReportSettings withAt(Instant newAt) {
        return new ReportSettings(
                server, Optional.of(newAt), biggestKeys, biggestElements, elementBytesMin, patterns, progress);
    }

    public ReportSettings withBiggest(int keys, int elements) {
        return new ReportSettings(server, at, keys, elements, elementBytesMin, patterns, progress);
    }

    public ReportSettings withElementBytesMin(int bytes) {
        return new ReportSettings(server, at, biggestKeys, biggestElements, bytes, patterns, progress);
    }

    public ReportSettings withPatterns(FamilyPatterns newPatterns) {
        return new ReportSettings(server, at, biggestKeys, biggestElements, elementBytesMin, newPatterns, progress);
    }

    public ReportSettings withProgress(Progress newProgress) {
        return new ReportSettings(server, at, biggestKeys, biggestElements, elementBytesMin, patterns, newProgress);
    }
}
