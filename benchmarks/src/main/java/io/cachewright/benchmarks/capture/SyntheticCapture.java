package io.cachewright.benchmarks.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/// Writes the same commands as MONITOR output and as packets: 50 connections, 10,000 keys, reads of and writes with
/// values of 100 bytes, now and then one of 4 KB.
final class SyntheticCapture {

    private static final int CONNECTIONS = 50;
    private static final int KEYS = 10_000;
    private static final long START_MICROS = 1_700_000_000_000_000L;
    private static final int GAP_MICROS = 20;
    private static final int SMALL_BYTES = 100;
    private static final int LARGE_BYTES = 4_096;
    private static final int LARGE_EVERY = 50;
    private static final int SERVER_PORT = 6_379;

    private final int[] clientNext = new int[CONNECTIONS];
    private final int[] serverNext = new int[CONNECTIONS];
    private final ByteBuffer packet = ByteBuffer.allocate(16 + 54 + 65_000);

    private SyntheticCapture() {}

    static void write(int commands, Path monitor, Path packets) throws IOException {
        SyntheticCapture capture = new SyntheticCapture();
        try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(monitor), 1 << 20);
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(packets), 1 << 20)) {
            capture.write(commands, lines, file);
        }
    }

    private void write(int commands, OutputStream lines, OutputStream file) throws IOException {
        file.write(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(1)
                .array());
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            segment(file, START_MICROS, connection, true, 2, new byte[0]);
            clientNext[connection]++;
            segment(file, START_MICROS, connection, false, 18, new byte[0]);
            serverNext[connection]++;
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < commands; i++) {
            int connection = random.nextInt(CONNECTIONS);
            long micros = START_MICROS + (long) i * GAP_MICROS;
            String key = "md:{BINANCE.S" + random.nextInt(KEYS) + "}:l1";
            String value = "v".repeat(i % LARGE_EVERY == 0 ? LARGE_BYTES : SMALL_BYTES);
            boolean isWrite = i % 5 == 0;
            lines.write(ascii(String.format(
                    Locale.ROOT,
                    "%d.%06d [0 10.0.0.7:%d] %s\n",
                    micros / 1_000_000,
                    micros % 1_000_000,
                    50_000 + connection,
                    isWrite ? "\"SET\" \"" + key + "\" \"" + value + '"' : "\"GET\" \"" + key + '"')));
            segment(file, micros, connection, true, 24, ascii(isWrite ? resp("SET", key, value) : resp("GET", key)));
            segment(
                    file,
                    micros + GAP_MICROS / 2,
                    connection,
                    false,
                    24,
                    ascii(isWrite ? "+OK\r\n" : "$" + value.length() + "\r\n" + value + "\r\n"));
        }
    }

    private static String resp(String... words) {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        return command.toString();
    }

    private void segment(OutputStream file, long micros, int connection, boolean fromClient, int flags, byte[] payload)
            throws IOException {
        int length = 54 + payload.length;
        packet.clear().order(ByteOrder.LITTLE_ENDIAN);
        packet.putInt((int) (micros / 1_000_000))
                .putInt((int) (micros % 1_000_000))
                .putInt(length)
                .putInt(length);
        packet.order(ByteOrder.BIG_ENDIAN);
        packet.put(new byte[12]).putShort((short) 0x0800);
        packet.putInt(0x4500_0000 | (40 + payload.length))
                .putInt(0x4000)
                .putShort((short) 0x4006)
                .putShort((short) 0);
        packet.putInt(fromClient ? 0x0A000007 : 0x0A000001).putInt(fromClient ? 0x0A000001 : 0x0A000007);
        packet.putShort((short) (fromClient ? 50_000 + connection : SERVER_PORT));
        packet.putShort((short) (fromClient ? SERVER_PORT : 50_000 + connection));
        packet.putInt(fromClient ? clientNext[connection] : serverNext[connection]);
        packet.putInt(fromClient ? serverNext[connection] : clientNext[connection]);
        packet.put((byte) 0x50).put((byte) flags).putShort((short) 512).putInt(0);
        packet.put(payload);
        if (fromClient) {
            clientNext[connection] += payload.length;
        } else {
            serverNext[connection] += payload.length;
        }
        byte[] bytes = new byte[packet.position()];
        packet.flip().get(bytes);
        file.write(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
