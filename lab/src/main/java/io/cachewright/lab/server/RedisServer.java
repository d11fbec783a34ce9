package io.cachewright.lab.server;

import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.server.ServerSettings.Transport;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Credentials;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// A running server of the lab, in a private directory that goes with it.
///
/// Closing it, the end of this program and even its sudden death take the server and its directory away (see
/// [Warden]). Methods may be called from any thread.
public final class RedisServer implements AutoCloseable {

    /// Two programs may be given the same free port; a few tries make that harmless.
    private static final int PORT_TRIES = 5;

    /// A cluster node also listens 10,000 above its port, which must be a port too.
    private static final int PORT_MAX = 55_000;

    private static final long STOP_TIMEOUT_SECONDS = 10;

    private static final int LOG_TAIL_LINES = 12;

    /// Waits for a "go" and then becomes the server, so that the warden knows its number before it runs.
    private static final String LAUNCH = "read -r go || exit 1; exec \"$@\" </dev/null";

    private final ServerBinary binary;
    private final ServerSettings settings;
    private final Path directory;
    private final Warden warden;
    private final ServerLog log;
    private final Thread atExit = new Thread(this::close, "stop-server");
    private int port;
    private Process process;
    private boolean isPaused;
    private boolean isClosed;

    /// Starts a server and returns when it is ready.
    ///
    /// @throws ServerUnavailable with the end of its log when it does not get ready
    public static RedisServer start(ServerBinary binary, ServerSettings settings) {
        boolean onSocket = settings.transport() != Transport.TCP;
        try {
            Path directory = PrivateDirectory.create(onSocket);
            try {
                for (Map.Entry<String, Path> file : settings.files().entrySet()) {
                    Files.copy(file.getValue(), directory.resolve(file.getKey()));
                }
                return new RedisServer(binary, settings, directory);
            } catch (IOException | RuntimeException e) {
                if (!settings.keepsDirectory()) {
                    PrivateDirectory.delete(directory);
                }
                throw e;
            }
        } catch (IOException e) {
            throw new ServerUnavailable("cannot start " + binary + ": " + e.getMessage(), e);
        }
    }

    /// Starts the embedded server.
    public static RedisServer start(ServerSettings settings) {
        return start(ServerBinaries.embedded(), settings);
    }

    private RedisServer(ServerBinary binary, ServerSettings settings, Path directory) throws IOException {
        this.binary = binary;
        this.settings = settings;
        this.directory = directory;
        this.log = new ServerLog(directory.resolve("server.log"));
        this.warden = Warden.over(directory, settings.keepsDirectory());
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            this.process = startOnFreePort();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Process startOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = settings.transport() == Transport.UNIX_SOCKET ? 0 : freePort();
            writeConfiguration();
            Process launched = launch();
            try {
                awaitReady(launched);
                return launched;
            } catch (ServerUnavailable e) {
                end(launched);
                boolean portWasTaken = log.tail(LOG_TAIL_LINES).contains("Address already in use");
                if (!portWasTaken || attempt == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (probe.getLocalPort() <= PORT_MAX) {
                    return probe.getLocalPort();
                }
            }
        }
    }

    private void writeConfiguration() throws IOException {
        StringBuilder lines = new StringBuilder();
        lines.append("daemonize no\n");
        lines.append("dir ").append(ServerSettings.quoted(directory.toString())).append('\n');
        lines.append("bind 127.0.0.1\n");
        lines.append("port ").append(port).append('\n');
        if (settings.transport() != Transport.TCP) {
            String socket = directory.resolve(PrivateDirectory.SOCKET_NAME).toString();
            lines.append("unixsocket ").append(ServerSettings.quoted(socket)).append('\n');
            lines.append("unixsocketperm 700\n");
        }
        lines.append(settings.toConfigurationLines());
        Path file = configurationFile();
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, lines);
    }

    private Path configurationFile() {
        return directory.resolve("server.conf");
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                LAUNCH,
                "cachewright-launch",
                binary.path().toString(),
                configurationFile().toString()));
        if (settings.isSentinel()) {
            command.add("--sentinel");
        }
        Process launched = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .start();
        warden.guard(launched.pid());
        try (var go = launched.outputWriter()) {
            go.write("go\n");
        }
        return launched;
    }

    private void awaitReady(Process launched) {
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        Readiness readiness = new Readiness(address(), credentials(), launched.pid());
        String state = "it does not answer";
        while (System.nanoTime() - deadline < 0) {
            if (!launched.isAlive()) {
                throw unavailable("ended with status " + launched.exitValue());
            }
            switch (readiness.probe()) {
                case Readiness.Ready _ -> {
                    return;
                }
                case Readiness.Loading _ -> {
                    if (!settings.awaitsLoaded()) {
                        return;
                    }
                    state = "it is still loading its data set";
                }
                case Readiness.NotYet(String why) -> state = why;
            }
            pauseBetweenProbes(launched);
        }
        throw unavailable("was not ready within " + settings.startTimeout().toMillis() + " ms: " + state);
    }

    private static void pauseBetweenProbes(Process launched) {
        try {
            launched.waitFor(2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnavailable("interrupted while a server was starting", e);
        }
    }

    private ServerUnavailable unavailable(String what) {
        String tail = log.tail(LOG_TAIL_LINES);
        return new ServerUnavailable(binary + " " + what
                + (tail.isEmpty() ? "" : "\n" + tail.indent(4).stripTrailing()));
    }

    /// Where it listens: its Unix socket if that is all it has, otherwise its TCP port.
    public Address address() {
        return settings.transport() == Transport.UNIX_SOCKET
                ? Address.unixSocket(directory.resolve(PrivateDirectory.SOCKET_NAME))
                : Address.tcp("127.0.0.1", port);
    }

    public OptionalInt port() {
        return settings.transport() == Transport.UNIX_SOCKET ? OptionalInt.empty() : OptionalInt.of(port);
    }

    public Optional<Path> socketPath() {
        return settings.transport() == Transport.TCP
                ? Optional.empty()
                : Optional.of(directory.resolve(PrivateDirectory.SOCKET_NAME));
    }

    /// What the default user signs in with, when `requirepass` is set.
    public Optional<Credentials> credentials() {
        return settings.credentials();
    }

    /// A new connection, signed in as the default user.
    public WireConnection connect() {
        return WireConnection.open(address(), credentials());
    }

    public ServerBinary binary() {
        return binary;
    }

    public ServerVersion version() {
        return binary.version();
    }

    public ServerSettings settings() {
        return settings;
    }

    public Path directory() {
        return directory;
    }

    /// What it printed so far, over all its starts.
    public String log() {
        return log.text();
    }

    public synchronized long pid() {
        return process.pid();
    }

    public synchronized boolean isAlive() {
        return !isClosed && process.isAlive();
    }

    /// Stops the server in its tracks (SIGSTOP): connections stay open, nothing is answered.
    public synchronized void pause() {
        checkAlive();
        warden.signal("STOP");
        isPaused = true;
    }

    /// Lets a paused server go on (SIGCONT).
    public synchronized void resume() {
        checkAlive();
        warden.signal("CONT");
        isPaused = false;
    }

    /// Ends the server at once (SIGKILL), as a crash does. Its directory stays, [#restart] brings it back.
    public synchronized void kill() {
        if (process.isAlive()) {
            end(process);
        }
    }

    /// Starts the server again in the same place, with its configuration file as it is now. One that still runs is
    /// first asked to end (SIGTERM), so that it saves what it is configured to save.
    public synchronized void restart() {
        if (isClosed) {
            throw new IllegalStateException("the server is closed");
        }
        stopGracefully();
        try {
            process = launch();
            awaitReady(process);
        } catch (IOException e) {
            throw new ServerUnavailable("cannot restart " + binary + ": " + e.getMessage(), e);
        }
    }

    private void checkAlive() {
        if (!isAlive()) {
            throw new IllegalStateException("the server does not run");
        }
    }

    private void stopGracefully() {
        if (!process.isAlive()) {
            warden.release();
            return;
        }
        if (isPaused) {
            warden.signal("CONT");
        }
        process.destroy();
        try {
            if (process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                warden.release();
                isPaused = false;
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        end(process);
    }

    private void end(Process running) {
        List<ProcessHandle> children = running.descendants().toList();
        running.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            running.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!running.isAlive()) {
            warden.release();
        }
        isPaused = false;
    }

    /// Ends the server and removes its directory, unless that is to be kept: then it ends as if asked to,
    /// and saves.
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (process != null) {
            if (settings.keepsDirectory()) {
                stopGracefully();
            } else if (process.isAlive()) {
                end(process);
            }
        }
        warden.close();
        removeDirectory();
        forgetAtExit();
    }

    private void removeDirectory() {
        if (settings.keepsDirectory()) {
            return;
        }
        try {
            PrivateDirectory.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }

    private void forgetAtExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The program is ending: this is the hook.
        }
    }

    @Override
    public String toString() {
        return binary.version() + " at " + address();
    }
}
