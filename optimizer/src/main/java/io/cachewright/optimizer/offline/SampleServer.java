package io.cachewright.optimizer.offline;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.server.ServerUnavailable;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.offline.PickedKeys.Picked;
import io.cachewright.optimizer.prove.FamilySample;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A server that was started with a few keys of a snapshot, and tells what they hold.
final class SampleServer implements AutoCloseable {

    private static final int MAGIC_BYTES = 9;
    private static final int EOF = 0xff;

    /// All zero: the writer computed none, and every server takes that.
    private static final byte[] NO_CHECKSUM = new byte[8];

    private static final String FILE = "dump.rdb";

    private final RedisServer server;
    private final WireConnection connection;

    private SampleServer(RedisServer server) {
        this.server = server;
        this.connection = server.connect();
    }

    /// Tries the servers at hand from the newest on: a newer one reads what an older one wrote.
    static SampleServer holding(Path rdb, List<Picked> keys) {
        Path sample = copy(rdb, keys);
        try {
            List<ServerBinary> newestFirst = ServerBinaries.all().stream()
                    .sorted(Comparator.comparingInt(
                                    (ServerBinary binary) -> -binary.version().major())
                            .thenComparingInt(binary -> -binary.version().minor()))
                    .toList();
            RuntimeException last = new IllegalStateException("no server is on this machine");
            for (ServerBinary binary : newestFirst) {
                try {
                    return new SampleServer(RedisServer.start(
                            binary, ServerSettings.onUnixSocket().withFile(FILE, sample)));
                } catch (ServerUnavailable e) {
                    last = e;
                }
            }
            throw new SampleUnreadable("no server on this machine reads this snapshot's format", last);
        } finally {
            delete(sample);
        }
    }

    /// What these keys hold; those that are not there, as another database had one of the same name, are left out.
    List<FamilySample.Key> read(List<Picked> picked) {
        List<FamilySample.Key> keys = new ArrayList<>();
        List<Reply> replies =
                connection.pipeline(picked.stream().map(SampleServer::read).toList());
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof Reply.Error) {
                continue;
            }
            List<byte[]> parts =
                    replies.get(i).elements().stream().map(SampleServer::bytes).toList();
            if (!parts.isEmpty()) {
                keys.add(new FamilySample.Key(picked.get(i).name(), parts));
            }
        }
        return keys;
    }

    @Override
    public void close() {
        connection.close();
        server.close();
    }

    private static Command read(Picked key) {
        return switch (key.type()) {
            case HASH -> command(key, "HGETALL");
            case SORTED_SET -> command(key, "ZRANGE", "0", "-1", "WITHSCORES");
            case SET -> command(key, "SMEMBERS");
            case LIST -> command(key, "LRANGE", "0", "-1");
        };
    }

    private static Command command(Picked key, String name, String... arguments) {
        List<byte[]> all = new ArrayList<>(List.of(ascii(name), key.name()));
        for (String argument : arguments) {
            all.add(ascii(argument));
        }
        return new Command(all);
    }

    private static byte[] bytes(Reply reply) {
        return reply instanceof Reply.Bulk(byte[] bytes) ? bytes : reply.text().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The keys as their own bytes between a header and an end.
    private static Path copy(Path rdb, List<Picked> keys) {
        try {
            Path sample = Files.createTempFile("cachewright-sample", ".rdb");
            try (FileChannel from = FileChannel.open(rdb);
                    FileChannel to = FileChannel.open(sample, StandardOpenOption.WRITE)) {
                transfer(from, 0, MAGIC_BYTES, to);
                for (Picked key : keys) {
                    transfer(from, key.from(), key.length(), to);
                }
                try (OutputStream end = Channels.newOutputStream(to)) {
                    end.write(EOF);
                    end.write(NO_CHECKSUM);
                }
                return sample;
            } catch (IOException | RuntimeException e) {
                delete(sample);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy keys of " + rdb, e);
        }
    }

    private static void transfer(FileChannel from, long at, long length, FileChannel to) throws IOException {
        long done = 0;
        while (done < length) {
            long moved = from.transferTo(at + done, length - done, to);
            if (moved <= 0) {
                throw new IOException(length - done + " bytes at " + (at + done) + " cannot be read");
            }
            done += moved;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
