package io.cachewright.optimizer.bundle;

import io.cachewright.optimizer.bundle.BundleUnreadable.Problem;
import io.cachewright.optimizer.evidence.Evidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;

/// Evidence in one file.
public final class EvidenceBundle {

    private static final String MANIFEST = "manifest.json";

    private static final String EVIDENCE = "evidence.json";

    private static final int MANIFEST_BYTES_MAX = 256 << 10;

    /// Two thousand keys take about two megabytes; a file that claims more than this is a trap.
    private static final int EVIDENCE_BYTES_MAX = 256 << 20;

    private EvidenceBundle() {}

    /// Writes `evidence` to `file`, whole or not at all, readable by its owner only.
    ///
    /// @throws UncheckedIOException when the file cannot be written
    public static void write(Evidence evidence, Path file) {
        byte[] content = BundleJson.EVIDENCE.writeValueAsBytes(evidence);
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                evidence.collectedWith(),
                evidence.endedAt(),
                Map.of(EVIDENCE, new Manifest.Entry(content.length, sha256(content))));
        try {
            PrivateFile.write(file, zip(BundleJson.MANIFEST.writeValueAsBytes(manifest), content));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] zip(byte[] manifest, byte[] evidence) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, MANIFEST, manifest);
            add(zip, EVIDENCE, evidence);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // The same evidence gives the same bytes.
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws BundleUnreadable when the file is not exactly that
    public static Evidence read(Path file) {
        checkBeginning(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Manifest manifest = manifest(file, zip);
            checkNames(file, zip, manifest);
            byte[] content = content(file, zip, EVIDENCE, EVIDENCE_BYTES_MAX);
            Manifest.Entry expected = manifest.entries().get(EVIDENCE);
            if (expected == null
                    || expected.bytes() != content.length
                    || !expected.sha256().equals(sha256(content))) {
                throw new BundleUnreadable(
                        file,
                        Problem.CHECKSUM_DIFFERS,
                        "its content was changed: the checksum of " + EVIDENCE + " differs");
            }
            return BundleJson.EVIDENCE.readValue(content, Evidence.class);
        } catch (ZipException e) {
            throw new BundleUnreadable(file, Problem.CUT_SHORT, "the bundle is cut short or damaged");
        } catch (IOException e) {
            throw new BundleUnreadable(file, Problem.NOT_READABLE, "cannot be read to its end");
        } catch (JacksonException e) {
            throw new BundleUnreadable(file, Problem.MALFORMED, "its evidence is not of format " + Manifest.FORMAT);
        }
    }

    /// Tells a wrong file from a broken bundle.
    private static void checkBeginning(Path file) {
        if (!Files.exists(file)) {
            throw new BundleUnreadable(file, Problem.NOT_FOUND, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new BundleUnreadable(file, Problem.NOT_A_BUNDLE, "is no file");
        }
        byte[] beginning;
        try (InputStream in = Files.newInputStream(file)) {
            beginning = in.readNBytes(4);
        } catch (IOException e) {
            throw new BundleUnreadable(file, Problem.NOT_READABLE, "cannot be read");
        }
        if (beginning.length < 4) {
            throw new BundleUnreadable(file, Problem.CUT_SHORT, "the bundle is cut short or damaged");
        }
        if (beginning[0] != 'P' || beginning[1] != 'K') {
            throw new BundleUnreadable(file, Problem.NOT_A_BUNDLE, "is no evidence bundle (a bundle is a zip file)");
        }
    }

    private static Manifest manifest(Path file, ZipFile zip) throws IOException {
        if (zip.getEntry(MANIFEST) == null) {
            throw new BundleUnreadable(file, Problem.NOT_A_BUNDLE, "is a zip file but no evidence bundle");
        }
        Manifest manifest;
        try {
            manifest = BundleJson.MANIFEST.readValue(content(file, zip, MANIFEST, MANIFEST_BYTES_MAX), Manifest.class);
        } catch (JacksonException e) {
            throw new BundleUnreadable(file, Problem.MALFORMED, "its " + MANIFEST + " cannot be understood");
        }
        if (manifest.format() != Manifest.FORMAT) {
            boolean isNewer = manifest.format() > Manifest.FORMAT;
            throw new BundleUnreadable(
                    file,
                    isNewer ? Problem.NEWER_FORMAT : Problem.OLDER_FORMAT,
                    "was written by " + (isNewer ? "a newer" : "an older") + " version (format " + manifest.format()
                            + ", this one reads " + Manifest.FORMAT + ")" + (isNewer ? "" : "; collect it again"));
        }
        return manifest;
    }

    private static void checkNames(Path file, ZipFile zip, Manifest manifest) {
        Set<String> seen = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            boolean isKnown = name.equals(MANIFEST)
                    || (name.equals(EVIDENCE) && manifest.entries().containsKey(name));
            if (!isKnown || !seen.add(name)) {
                throw new BundleUnreadable(
                        file, Problem.UNKNOWN_ENTRY, "holds an entry that does not belong there: " + printable(name));
            }
        }
        if (!seen.contains(EVIDENCE)) {
            throw new BundleUnreadable(file, Problem.MALFORMED, "holds no " + EVIDENCE);
        }
    }

    /// What the zip says of sizes is not believed: reading stops at the limit.
    private static byte[] content(Path file, ZipFile zip, String name, int bytesMax) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            byte[] content = in.readNBytes(bytesMax + 1);
            if (content.length > bytesMax) {
                throw new BundleUnreadable(
                        file, Problem.TOO_LARGE, name + " is larger than " + (bytesMax >> 10) + " KB");
            }
            return content;
        }
    }

    private static String printable(String name) {
        String cleaned = name.replaceAll("[^ -~]", "?");
        return cleaned.length() <= 60 ? cleaned : cleaned.substring(0, 60) + "…";
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
