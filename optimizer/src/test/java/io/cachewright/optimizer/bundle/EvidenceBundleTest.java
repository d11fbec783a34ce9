package io.cachewright.optimizer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.optimizer.bundle.BundleUnreadable.Problem;
import io.cachewright.optimizer.evidence.Evidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceBundleTest {

    @TempDir
    Path directory;

    @Property(tries = 25)
    void readsBackExactlyWhatWasWritten(@ForAll long seed) throws IOException {
        Evidence evidence = new RandomRecords(new Random(seed)).next(Evidence.class);
        Path file = Files.createTempFile("bundle", ".zip");
        try {
            EvidenceBundle.write(evidence, file);
            assertThat(EvidenceBundle.read(file)).isEqualTo(evidence);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void isForItsOwnerOnlyAndLeavesNothingElseBehind() throws IOException {
        Path file = bundle();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesToBelieveAFileThatWasCutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(bundle());
        Path cut = directory.resolve("cut.zip");
        int step = Math.max(1, whole.length / 100);
        for (int length = 0; length < whole.length; length += length < 50 || length > whole.length - 100 ? 1 : step) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> EvidenceBundle.read(cut))
                    .as("cut after %d bytes", length)
                    .isInstanceOfSatisfying(
                            BundleUnreadable.class,
                            unreadable -> assertThat(unreadable.problem()).isEqualTo(Problem.CUT_SHORT));
        }
    }

    @Property(tries = 50)
    void neverBelievesAChangedByteOfTheEvidence(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Evidence evidence = new RandomRecords(new Random(1)).next(Evidence.class);
        Path file = Files.createTempFile("bundle", ".zip");
        try {
            EvidenceBundle.write(evidence, file);
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            try {
                assertThat(EvidenceBundle.read(file)).isEqualTo(evidence);
            } catch (BundleUnreadable unreadable) {
                assertThat(unreadable.getMessage()).startsWith(file.toString()).doesNotContain("\n", "Exception");
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void tellsWhatIsWrongInOneLine() throws IOException {
        Map<String, byte[]> good = entries(bundle());
        String manifest = new String(good.get("manifest.json"), StandardCharsets.UTF_8);

        assertProblem(Problem.NOT_FOUND, directory.resolve("absent.zip"), "there is no such file");
        assertProblem(
                Problem.NOT_A_BUNDLE,
                write("text", "requirements: none".getBytes(StandardCharsets.UTF_8)),
                "is no evidence bundle");
        assertProblem(
                Problem.NOT_A_BUNDLE, zip(Map.of("other.txt", new byte[3])), "is a zip file but no evidence bundle");
        assertProblem(
                Problem.NEWER_FORMAT,
                zip(with(good, "manifest.json", manifest.replace("\"format\":2", "\"format\":3,\"new\":true"))),
                "was written by a newer version (format 3, this one reads 2)");
        assertProblem(
                Problem.OLDER_FORMAT,
                zip(with(good, "manifest.json", manifest.replace("\"format\":2", "\"format\":1"))),
                "was written by an older version (format 1, this one reads 2); collect it again");
        assertProblem(
                Problem.CHECKSUM_DIFFERS,
                zip(with(good, "evidence.json", "{}")),
                "its content was changed: the checksum of evidence.json differs");
        assertProblem(Problem.UNKNOWN_ENTRY, zip(with(good, "../../x", "")), "does not belong there: ../../x");
        assertProblem(
                Problem.MALFORMED, zip(with(good, "manifest.json", "{]")), "its manifest.json cannot be understood");
        assertProblem(
                Problem.TOO_LARGE,
                zip(with(good, "manifest.json", " ".repeat(300 << 10))),
                "manifest.json is larger than 256 KB");
    }

    private Path bundle() {
        Path file = directory.resolve("evidence.zip");
        EvidenceBundle.write(new RandomRecords(new Random(7)).next(Evidence.class), file);
        return file;
    }

    private static void assertProblem(Problem problem, Path file, String clause) {
        assertThatThrownBy(() -> EvidenceBundle.read(file))
                .isInstanceOfSatisfying(
                        BundleUnreadable.class,
                        unreadable -> assertThat(unreadable.problem()).isEqualTo(problem))
                .hasMessageContaining(clause)
                .hasMessageStartingWith(file.toString());
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private static Map<String, byte[]> with(Map<String, byte[]> entries, String name, String content) {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        changed.put(name, content.getBytes(StandardCharsets.UTF_8));
        return changed;
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return write("made.zip", bytes.toByteArray());
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }
}
