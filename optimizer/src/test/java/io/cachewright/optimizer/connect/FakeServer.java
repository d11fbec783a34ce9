package io.cachewright.optimizer.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A port that is no healthy server: it answers every command with one line, or nothing at all. To INFO it says how far
/// loading is.
final class FakeServer implements AutoCloseable {

    private static final String LOADING = "loading_loaded_perc:42.17\r\nloading_eta_seconds:9\r\n";

    private final ServerSocket socket;
    private final String answer;

    private FakeServer(String answer) throws IOException {
        this.socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    static FakeServer answering(String line) throws IOException {
        return new FakeServer(line + "\r\n");
    }

    static FakeServer silent() throws IOException {
        return new FakeServer("");
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        byte[] bytes = new byte[4_096];
        try (client;
                InputStream in = client.getInputStream()) {
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                String asked = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
                String reply = asked.contains("persistence") && answer.startsWith("-LOADING")
                        ? "$" + LOADING.length() + "\r\n" + LOADING + "\r\n"
                        : answer.repeat(Math.max(1, asked.split("\\*", -1).length - 1));
                client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            // The client left.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
