package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A line over TLS. Lettuce neither signs in nor reconnects here: both are done above, where the
/// reason of a refusal can be told exactly.
final class LettuceLine implements Line {

    /// Held, because the JDK's loggers are forgotten with their level when nobody does. What goes wrong is told to the
    /// caller; a second telling on the terminal would only frighten.
    private static final List<Logger> QUIET = List.of(Logger.getLogger("io.lettuce"), Logger.getLogger("io.netty"));

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
    }

    /// The smallest that Lettuce accepts; one connection needs no more.
    private static final int THREADS = 2;

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    private final ClientResources resources;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Duration replyTimeout;

    private LettuceLine(
            ClientResources resources,
            RedisClient client,
            StatefulRedisConnection<byte[], byte[]> connection,
            Duration replyTimeout) {
        this.resources = resources;
        this.client = client;
        this.connection = connection;
        this.replyTimeout = replyTimeout;
    }

    /// @throws RuntimeException of Lettuce or Netty when no connection comes about; its causes say why
    static LettuceLine open(Address.Tcp address, ConnectSettings settings) {
        ClientResources resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
        RedisURI uri = RedisURI.builder()
                .withHost(address.host())
                .withPort(address.port())
                .withSsl(true)
                .withTimeout(settings.connectTimeout())
                .build();
        RedisClient client = RedisClient.create(resources, uri);
        try {
            client.setOptions(options(settings));
            return new LettuceLine(resources, client, client.connect(ByteArrayCodec.INSTANCE), settings.replyTimeout());
        } catch (RuntimeException e) {
            shutdown(client, resources);
            throw e;
        }
    }

    private static ClientOptions options(ConnectSettings settings) {
        SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connectTimeout());
        settings.trustedCertificates().ifPresent(file -> ssl.trustManager(file.toFile()));
        settings.clientCertificate()
                .ifPresent(certificate -> settings.clientKey()
                        .ifPresent(key -> ssl.keyManager(certificate.toFile(), key.toFile(), new char[0])));
        return ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP2)
                .autoReconnect(false)
                .pingBeforeActivateConnection(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .build())
                .sslOptions(ssl.build())
                .build();
    }

    @Override
    public List<Reply> exchange(List<Command> commands) {
        List<AsyncCommand<byte[], byte[], Reply>> sent =
                commands.stream().map(LettuceLine::toLettuce).toList();
        long deadline = System.nanoTime() + replyTimeout.toNanos();
        try {
            connection.dispatch(sent);
            List<Reply> replies = new ArrayList<>(sent.size());
            for (AsyncCommand<byte[], byte[], Reply> command : sent) {
                replies.add(command.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
            }
            return replies;
        } catch (TimeoutException e) {
            throw new ConnectionLost("no reply within " + replyTimeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionInterrupted();
        } catch (ExecutionException | RuntimeException e) {
            throw LineFailure.of(e);
        }
    }

    private static AsyncCommand<byte[], byte[], Reply> toLettuce(Command command) {
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        command.arguments().stream().skip(1).forEach(arguments::add);
        return new AsyncCommand<>(new io.lettuce.core.protocol.Command<>(
                new Keyword(command.name(), command.arguments().getFirst()), new ReplyOutput(), arguments));
    }

    /// Lettuce waits while it closes, and an interrupt would end that before the threads are gone.
    @Override
    public void close() {
        boolean isInterrupted = Thread.interrupted();
        try {
            connection.close();
            shutdown(client, resources);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void shutdown(RedisClient client, ClientResources resources) {
        client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
        // Its threads are daemons: one that does not end in time keeps nobody from leaving.
        boolean _ = resources
                .shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(SHUTDOWN_TIMEOUT.toMillis());
    }

    /// A command's name for Lettuce.
    // Compared by nobody: Lettuce only writes the bytes.
    @SuppressWarnings("ArrayRecordComponent")
    private record Keyword(String label, byte[] bytes) implements ProtocolKeyword {

        @Override
        public byte[] getBytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return label;
        }
    }
}
