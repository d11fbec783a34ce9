package io.cachewright.study.input;

import io.cachewright.domain.InvalidInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/// Tells what a file is by how it begins; names and endings do not matter.
public final class FileKinds {

    private static final int HEAD_BYTES = 64 << 10;

    /// What one xz stream may need to be read; a crafted header may ask for gigabytes.
    private static final int XZ_MEMORY_KIB_MAX = 64 << 10;

    private static final Pattern RDB = Pattern.compile("(REDIS\\d{4}|VALKEY\\d{3}).*", Pattern.DOTALL);
    private static final Pattern AOF = Pattern.compile("(#TS:\\d+\r\n)?\\*\\d+\r\n\\$\\d+\r\n.*", Pattern.DOTALL);
    private static final Pattern AOF_MANIFEST =
            Pattern.compile("(#[^\n]*\n)*file [^\n]+ seq \\d+ type [bhi].*", Pattern.DOTALL);
    private static final Pattern MONITOR =
            Pattern.compile("(\\+?OK\\s+)?\\+?\\d{1,12}\\.\\d{6} \\[\\d+ [^\\n]*\\] \".*", Pattern.DOTALL);
    private static final List<byte[]> PACKETS = List.of(
            bytes(0xa1, 0xb2, 0xc3, 0xd4),
            bytes(0xd4, 0xc3, 0xb2, 0xa1),
            bytes(0xa1, 0xb2, 0x3c, 0x4d),
            bytes(0x4d, 0x3c, 0xb2, 0xa1),
            bytes(0x0a, 0x0d, 0x0d, 0x0a));

    private static final byte[] ZIP = bytes('P', 'K');
    private static final byte[] GZIP = bytes(0x1f, 0x8b);
    private static final byte[] XZ = bytes(0xfd, '7', 'z', 'X', 'Z', 0);

    private FileKinds() {}

    /// @throws InvalidInput when it is not there, cannot be read, is empty or is nothing that is known here
    public static FileKind of(Path file) {
        if (!Files.exists(file)) {
            throw invalid(file, "there is no such file");
        }
        try {
            if (Files.isDirectory(file)) {
                return ofDirectory(file);
            }
            byte[] head = head(file);
            if (head.length == 0) {
                throw invalid(file, "is empty");
            }
            return kind(head)
                    .orElseThrow(
                            () -> invalid(
                                    file,
                                    "is none of the known kinds: an RDB file, an append-only"
                                            + " file or its directory, MONITOR output, a packet capture, an access trace, an evidence bundle"));
        } catch (IOException e) {
            throw invalid(file, "cannot be read: " + e.getMessage());
        }
    }

    static Optional<FileKind> kind(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (startsWith(head, ZIP)) {
            return Optional.of(FileKind.BUNDLE);
        }
        if (PACKETS.stream().anyMatch(magic -> startsWith(head, magic))) {
            return Optional.of(FileKind.PACKETS);
        }
        if (RDB.matcher(text).matches()) {
            return Optional.of(FileKind.RDB);
        }
        if (AOF.matcher(text).matches()) {
            return Optional.of(FileKind.AOF);
        }
        if (AOF_MANIFEST.matcher(text).matches()) {
            return Optional.of(FileKind.AOF_MANIFEST);
        }
        if (MONITOR.matcher(text).matches()) {
            return Optional.of(FileKind.MONITOR);
        }
        return isTrace(text) ? Optional.of(FileKind.TRACE) : Optional.empty();
    }

    /// The first line that is no comment names the columns.
    private static boolean isTrace(String text) {
        List<String> columns = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .map(header -> Stream.of(header.split(",")).map(String::strip).toList())
                .orElse(List.of());
        return columns.contains("time") && columns.contains("key");
    }

    private static FileKind ofDirectory(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            if (files.anyMatch(file -> file.toString().endsWith(".manifest"))) {
                return FileKind.AOF_DIRECTORY;
            }
        }
        throw invalid(directory, "is a directory, but not that of an append-only file, which has a .manifest");
    }

    /// The first bytes, unpacked where the file is packed.
    private static byte[] head(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            raw.mark(XZ.length);
            byte[] magic = raw.readNBytes(XZ.length);
            raw.reset();
            if (startsWith(magic, GZIP)) {
                return new GZIPInputStream(raw).readNBytes(HEAD_BYTES);
            }
            if (startsWith(magic, XZ)) {
                return new XZInputStream(raw, XZ_MEMORY_KIB_MAX).readNBytes(HEAD_BYTES);
            }
            return raw.readNBytes(HEAD_BYTES);
        }
    }

    private static boolean startsWith(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static InvalidInput invalid(Path file, String problem) {
        return new InvalidInput(file.toString(), List.of(problem));
    }
}
