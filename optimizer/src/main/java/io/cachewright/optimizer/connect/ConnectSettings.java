package io.cachewright.optimizer.connect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How connections are made.
///
/// @param connectTimeout for the TCP connection and the TLS handshake
/// @param replyTimeout for each reply, or each small batch of replies
/// @param trustedCertificates a PEM file of authorities to trust instead of those of the JDK
/// @param clientCertificate this program's own certificate (PEM), for servers that ask for one
/// @param clientKey its private key (PEM, PKCS #8)
public record ConnectSettings(
        Duration connectTimeout,
        Duration replyTimeout,
        Optional<Path> trustedCertificates,
        Optional<Path> clientCertificate,
        Optional<Path> clientKey) {

    public ConnectSettings {
        if (!connectTimeout.isPositive() || !replyTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "timeouts must be positive, were " + connectTimeout + " and " + replyTimeout);
        }
        if (clientCertificate.isPresent() != clientKey.isPresent()) {
            throw new IllegalArgumentException("a client certificate and its key are given together");
        }
    }

    /// 5 s to connect, 10 s a reply, the JDK's trusted authorities.
    public static ConnectSettings standard() {
        return new ConnectSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(10), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Those of the variables `CACHEWRIGHT_TLS_CA`, `CACHEWRIGHT_TLS_CERT` and `CACHEWRIGHT_TLS_KEY` that are set.
    public static ConnectSettings environment(Map<String, String> environment) {
        ConnectSettings standard = standard();
        return new ConnectSettings(
                standard.connectTimeout,
                standard.replyTimeout,
                file(environment, "CACHEWRIGHT_TLS_CA"),
                file(environment, "CACHEWRIGHT_TLS_CERT"),
                file(environment, "CACHEWRIGHT_TLS_KEY"));
    }

    public ConnectSettings withTimeouts(Duration connect, Duration reply) {
        return new ConnectSettings(connect, reply, trustedCertificates, clientCertificate, clientKey);
    }

    public ConnectSettings withTrustedCertificates(Path file) {
        return new ConnectSettings(connectTimeout, replyTimeout, Optional.of(file), clientCertificate, clientKey);
    }

    private static Optional<Path> file(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }
}
