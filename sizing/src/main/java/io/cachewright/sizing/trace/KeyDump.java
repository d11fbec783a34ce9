package io.cachewright.sizing.trace;

import io.cachewright.domain.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/// Traces that are nothing but keys, one binary number an access, as many published ones are. Files ending in
/// `.gz` or `.xz` are unpacked while they are read.
public enum KeyDump {
    /// 8 bytes a key, most significant first.
    INT64_BIG_ENDIAN(Long.BYTES, ByteOrder.BIG_ENDIAN),
    /// 4 bytes a key, least significant first.
    INT32_LITTLE_ENDIAN(Integer.BYTES, ByteOrder.LITTLE_ENDIAN);

    private static final int KEYS_A_READ = 8_192;

    private final int width;
    private final ByteOrder order;

    KeyDump(int width, ByteOrder order) {
        this.width = width;
        this.order = order;
    }

    /// Reads `file` as read accesses of the given shape, those of the sampled keys only.
    ///
    /// @throws InvalidInput when the file ends within a key
    /// @throws IOException when it cannot be read or unpacked
    public Trace read(Path file, AccessShape shape, KeySample sample) throws IOException {
        TraceBuilder trace = new TraceBuilder(file.getFileName().toString());
        byte[] bytes = new byte[KEYS_A_READ * width];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        long access = 0;
        try (InputStream input = TraceInput.open(file)) {
            int read = input.readNBytes(bytes, 0, bytes.length);
            while (read > 0) {
                if (read % width != 0) {
                    throw new InvalidInput(
                            file.toString(), List.of("ends within a key, after " + access + " accesses and more"));
                }
                for (int at = 0; at < read; at += width) {
                    long id = width == Long.BYTES ? buffer.getLong(at) : buffer.getInt(at);
                    if (sample.holds(id)) {
                        trace.add(
                                shape.timeMicros(access),
                                id,
                                Operation.READ,
                                shape.valueBytes().applyAsInt(id),
                                shape.ttlMillis().applyAsLong(id));
                    }
                    access++;
                }
                read = input.readNBytes(bytes, 0, bytes.length);
            }
        }
        return trace.build();
    }

    public Trace read(Path file, AccessShape shape) throws IOException {
        return read(file, shape, KeySample.all());
    }
}
