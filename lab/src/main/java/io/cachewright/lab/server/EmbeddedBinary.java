package io.cachewright.lab.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The static Redis server that the library `embedded-redis` carries as a resource, unpacked once for this user.
///
/// The file is named by the hash of its content and moved into place in one step, so that programs which start at
/// once neither see half a file nor a wrong one.
final class EmbeddedBinary {

    private static final String VERSION = "7.0.15";

    private static @Nullable Path unpacked;

    private EmbeddedBinary() {}

    static boolean isAvailable() {
        return EmbeddedBinary.class.getClassLoader().getResource(resourceName()) != null;
    }

    static synchronized Path unpacked() {
        if (unpacked == null || !Files.isExecutable(unpacked)) {
            unpacked = unpack();
        }
        return unpacked;
    }

    private static Path unpack() {
        byte[] content = read(resourceName());
        Optional<Path> cache = userCache();
        if (cache.isPresent()) {
            try {
                return place(content, cache.get());
            } catch (IOException _) {
                // A read-only or full home: a directory that lives as long as this program serves as well.
            }
        }
        try {
            Path directory = Files.createTempDirectory("cachewright-server-");
            Path placed = place(content, directory);
            placed.toFile().deleteOnExit();
            directory.toFile().deleteOnExit();
            return placed;
        } catch (IOException e) {
            throw new ServerUnavailable("the embedded server cannot be unpacked: " + e.getMessage(), e);
        }
    }

    static Path place(byte[] content, Path directory) throws IOException {
        Path target = directory.resolve(
                "redis-server-" + VERSION + "-" + hash(content).substring(0, 16));
        if (Files.isExecutable(target) && hash(Files.readAllBytes(target)).equals(hash(content))) {
            return target;
        }
        createPrivate(directory);
        Path partial = Files.createTempFile(directory, "unpacking-", "");
        try {
            Files.write(partial, content);
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwx------"));
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
        return target;
    }

    private static void createPrivate(Path directory) throws IOException {
        if (directory.getParent() != null) {
            Files.createDirectories(directory.getParent());
        }
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException _) {
            // Made by an earlier run.
        }
    }

    private static Optional<Path> userCache() {
        String home = System.getenv("XDG_CACHE_HOME");
        if (home != null && !home.isBlank()) {
            return Optional.of(Path.of(home, "cachewright"));
        }
        return Optional.ofNullable(System.getProperty("user.home"))
                .filter(user -> !user.isBlank() && Files.isDirectory(Path.of(user)))
                .map(user -> Path.of(user, ".cache", "cachewright"));
    }

    private static byte[] read(String resource) {
        try (InputStream input = EmbeddedBinary.class.getClassLoader().getResourceAsStream(resource)) {
            if (input == null) {
                throw new ServerUnavailable("no embedded server for this machine (" + resource
                        + " is not on board); install redis-server or valkey-server, or name one by its path");
            }
            return input.readAllBytes();
        } catch (IOException e) {
            throw new ServerUnavailable("the embedded server cannot be read: " + e.getMessage(), e);
        }
    }

    private static String resourceName() {
        return resourceName(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static String resourceName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).startsWith("mac")
                ? "darwin"
                : osName.toLowerCase(Locale.ROOT).replace(' ', '-');
        String arch = switch (osArch) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i686" -> "386";
            default -> osArch;
        };
        return "redis-server-" + VERSION + "-" + os + "-" + arch;
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
