package io.cachewright.lab.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The static Redis server that the library `embedded-redis` carries as a resource, unpacked for this run of the
/// program and gone with it: a [Warden] removes it however the program ends.
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
        try {
            Path directory = PrivateDirectory.create(false);
            Warden warden = Warden.over(directory, false);
            Runtime.getRuntime().addShutdownHook(new Thread(warden::close, "remove-unpacked-server"));
            return place(content, directory);
        } catch (IOException e) {
            throw new ServerUnavailable("the embedded server cannot be unpacked: " + e.getMessage(), e);
        }
    }

    static Path place(byte[] content, Path directory) throws IOException {
        Path target = directory.resolve("redis-server-" + VERSION);
        Files.write(target, content);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        if (!Files.isExecutable(target)) {
            throw new IOException("programs may not run in " + directory
                    + "; name a directory where they may with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIRECTORY");
        }
        return target;
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
}
