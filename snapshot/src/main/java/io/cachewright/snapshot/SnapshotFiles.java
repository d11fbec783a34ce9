package io.cachewright.snapshot;

import io.cachewright.domain.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files that make a snapshot: one RDB or append-only file, or the parts of an append-only set.
///
/*
 * A manifest has a line a file: `file NAME seq N type T` and further pairs, T being b for the base, i for commands after it, h for what is
 * about to be deleted.
 */
record SnapshotFiles(String name, long bytes, List<Part> parts) {

    private static final String MANIFEST_SUFFIX = ".manifest";
    private static final int MANIFEST_BYTES_MAX = 1 << 20;

    /// @param startsWithRdb whether an RDB part comes first
    /// @param mayHoldCommands whether commands follow, or are all there is
    record Part(Path file, long bytes, boolean startsWithRdb, boolean mayHoldCommands) {}

    /// @throws InvalidInput when the manifest is none, or a directory has none
    /// @throws UncheckedIOException when something cannot be read
    static SnapshotFiles at(Path path) {
        try {
            Path manifest = Files.isDirectory(path) ? manifestIn(path) : path;
            List<Part> parts = new ArrayList<>();
            if (manifest.toString().endsWith(MANIFEST_SUFFIX)) {
                for (Path file : filesOf(manifest)) {
                    parts.add(part(file, true));
                }
            } else {
                parts.add(part(path, false));
            }
            return new SnapshotFiles(
                    path.toString(), parts.stream().mapToLong(Part::bytes).sum(), parts);
        } catch (NoSuchFileException e) {
            throw new InvalidInput(path.toString(), List.of("there is no file " + e.getFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path manifestIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> manifests = files.filter(file -> file.toString().endsWith(MANIFEST_SUFFIX))
                    .toList();
            if (manifests.size() != 1) {
                throw new InvalidInput(
                        directory.toString(),
                        List.of("holds " + manifests.size()
                                + " manifests; give an RDB file, an append-only file, or a directory with one"
                                + " manifest"));
            }
            return manifests.getFirst();
        }
    }

    private static List<Path> filesOf(Path manifest) throws IOException {
        if (Files.size(manifest) > MANIFEST_BYTES_MAX) {
            throw new InvalidInput(manifest.toString(), List.of("is too long for a manifest"));
        }
        List<Path> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(manifest, StandardCharsets.ISO_8859_1)) {
            number++;
            String[] words = line.strip().split("\\s+");
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (words.length < 6
                    || words.length % 2 != 0
                    || !words[0].equals("file")
                    || !words[2].equals("seq")
                    || !words[4].equals("type")) {
                problems.add("line " + number + ": must read `file NAME seq NUMBER type b|i|h`");
            } else if (words[1].contains("/")) {
                problems.add("line " + number + ": the file must stand beside the manifest, was `" + words[1] + "`");
            } else if (!words[5].equals("h")) {
                files.add(manifest.resolveSibling(words[1]));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(manifest.toString(), problems);
        }
        return files;
    }

    private static Part part(Path file, boolean ofAppendOnlySet) throws IOException {
        byte[] start;
        try (InputStream stream = Files.newInputStream(file)) {
            start = stream.readNBytes(6);
        }
        String magic = new String(start, StandardCharsets.ISO_8859_1);
        boolean commands = magic.startsWith("*") || magic.startsWith("#") || (ofAppendOnlySet && magic.isEmpty());
        // Whatever it is else, reading it as RDB says what is wrong with it.
        return new Part(file, Files.size(file), !commands, commands || ofAppendOnlySet || isAppendOnlyByName(file));
    }

    private static boolean isAppendOnlyByName(Path file) {
        return file.toString().endsWith(".aof");
    }
}
