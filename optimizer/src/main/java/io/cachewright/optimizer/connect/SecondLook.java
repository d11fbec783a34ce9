package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/// After a connection failed: what does that port say to a plain PING? A server that refuses before it reads (too many
/// clients, protected mode) and one that speaks TLS or HTTP are told apart by their first bytes.
final class SecondLook {

    private static final int BYTES_MAX = 256;

    private static final byte[] PING = "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII);

    /// A TLS record of type alert, version 3.x.
    private static final int TLS_ALERT = 21;

    private static final int TLS_MAJOR_VERSION = 3;

    /// What the port is.
    sealed interface Impression {
        /// It answers as a Redis server does: the first line.
        record Redis(String line) implements Impression {}

        record Tls() implements Impression {}

        record Http() implements Impression {}

        record OtherProtocol() implements Impression {}

        record Silence() implements Impression {}

        record ClosesAtOnce() implements Impression {}

        record Gone() implements Impression {}
    }

    private SecondLook() {}

    static Impression at(Address.Tcp address, Duration timeout) {
        int timeoutMillis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
        byte[] first;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write(PING);
            first = firstBytes(socket.getInputStream());
        } catch (SocketTimeoutException _) {
            return new Impression.Silence();
        } catch (IOException _) {
            return speaksTls(address, timeoutMillis) ? new Impression.Tls() : new Impression.Gone();
        }
        if (first.length == 0) {
            return speaksTls(address, timeoutMillis) ? new Impression.Tls() : new Impression.ClosesAtOnce();
        }
        return impression(first);
    }

    static Impression impression(byte[] first) {
        if (first[0] == TLS_ALERT && first.length > 1 && first[1] == TLS_MAJOR_VERSION) {
            return new Impression.Tls();
        }
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/")) {
            return new Impression.Http();
        }
        if (text.startsWith("+") || text.startsWith("-")) {
            return new Impression.Redis(text.lines().findFirst().orElse(""));
        }
        return new Impression.OtherProtocol();
    }

    /// Up to the first line feed, the limit, or the end.
    private static byte[] firstBytes(InputStream input) throws IOException {
        byte[] bytes = new byte[BYTES_MAX];
        int count = 0;
        while (count < bytes.length) {
            int read = input.read(bytes, count, bytes.length - count);
            if (read < 0) {
                break;
            }
            count += read;
            if (bytes[count - 1] == '\n' || bytes[0] == TLS_ALERT) {
                break;
            }
        }
        return java.util.Arrays.copyOf(bytes, count);
    }

    /// Whether the port begins a TLS handshake, be it one that this program would not trust. Nothing is sent over it.
    private static boolean speaksTls(Address.Tcp address, int timeoutMillis) {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address.host(), address.port()), timeoutMillis);
            plain.setSoTimeout(timeoutMillis);
            try (var tls =
                    (javax.net.ssl.SSLSocket) factory.createSocket(plain, address.host(), address.port(), true)) {
                tls.startHandshake();
                return true;
            }
        } catch (SSLException e) {
            return !String.valueOf(e.getMessage()).contains("Unsupported or unrecognized")
                    && !String.valueOf(e.getMessage()).contains("terminated the handshake");
        } catch (IOException _) {
            return false;
        }
    }
}
