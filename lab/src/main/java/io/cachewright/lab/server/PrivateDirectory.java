package io.cachewright.lab.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Makes and removes the directory of one server, which only this user may enter.
final class PrivateDirectory {

    static final String SOCKET_NAME = "server.sock";

    /// The smallest limit of the systems we run on (macOS: 104 bytes with the closing zero; Linux: 108).
    private static final int SOCKET_PATH_BYTES_MAX = 103;

    private static final String PREFIX = "cachewright-";

    private PrivateDirectory() {}

    /// In the usual place for temporary files, or in `/tmp` when a Unix socket's path would be too long there.
    static Path create(boolean forSocket) throws IOException {
        Path usual = Files.createTempDirectory(PREFIX);
        if (!forSocket || fitsSocket(usual)) {
            return usual;
        }
        Files.delete(usual);
        Path shorter = Files.createTempDirectory(Path.of("/tmp"), PREFIX);
        if (!fitsSocket(shorter)) {
            Files.delete(shorter);
            throw new IOException(
                    "no place for a Unix socket with a path of at most " + SOCKET_PATH_BYTES_MAX + " bytes");
        }
        return shorter;
    }

    private static boolean fitsSocket(Path directory) {
        return directory.resolve(SOCKET_NAME).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                <= SOCKET_PATH_BYTES_MAX;
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
