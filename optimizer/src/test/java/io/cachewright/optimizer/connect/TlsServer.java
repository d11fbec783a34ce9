package io.cachewright.optimizer.connect;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.server.ServerUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real server that speaks TLS, with a certificate made for this run.
record TlsServer(RedisServer server, int port, Path directory) implements AutoCloseable {

    /// Skips the test where there is no `openssl`, or no server that was built with TLS.
    static TlsServer startOrSkip() throws IOException {
        Path directory = Files.createTempDirectory("cachewright-tls-");
        makeCertificate(directory);
        int port = freePort();
        ServerSettings settings = ServerSettings.onTcp()
                .with("tls-port", Integer.toString(port))
                .with("tls-cert-file", directory.resolve("cert.pem").toString())
                .with("tls-key-file", directory.resolve("key.pem").toString())
                .with("tls-ca-cert-file", directory.resolve("cert.pem").toString())
                .with("tls-auth-clients", "no");
        for (ServerBinary binary : ServerBinaries.all()) {
            try {
                return new TlsServer(RedisServer.start(binary, settings), port, directory);
            } catch (ServerUnavailable _) {
                // Built without TLS; the next one may have it.
            }
        }
        Assumptions.abort("no server here speaks TLS");
        throw new IllegalStateException();
    }

    Path authority() {
        return directory.resolve("cert.pem");
    }

    private static void makeCertificate(Path directory) throws IOException {
        Process openssl;
        try {
            openssl = new ProcessBuilder(List.of(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "rsa:2048",
                            "-nodes",
                            "-days",
                            "2",
                            "-subj",
                            "/CN=cachewright-test",
                            "-addext",
                            "subjectAltName=IP:127.0.0.1",
                            "-keyout",
                            "key.pem",
                            "-out",
                            "cert.pem"))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("openssl.log").toFile())
                    .start();
        } catch (IOException _) {
            Assumptions.abort("openssl is not installed");
            throw new IllegalStateException();
        }
        try {
            Assumptions.assumeTrue(openssl.waitFor(30, TimeUnit.SECONDS) && openssl.exitValue() == 0, "openssl failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
