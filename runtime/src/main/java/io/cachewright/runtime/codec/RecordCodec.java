package io.cachewright.runtime.codec;

import io.cachewright.domain.Problems;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.wire.ByteSink;
import io.cachewright.runtime.wire.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Compact records as [Codecs#records] says it. The schema's fingerprint covers names, types and order of all
/// components, and the constants of enums.
final class RecordCodec<R extends Record> implements Codec<R> {

    private static final int CODEC = 4;

    private final Class<R> type;
    private final BinaryForm form;
    private final Format format;

    RecordCodec(Class<R> type) {
        this.type = type;
        Problems problems = new Problems("record " + type.getSimpleName());
        this.form = new BinaryForms(problems).of(type, type.getSimpleName());
        problems.throwIfAny();
        CRC32C fingerprint = new CRC32C();
        fingerprint.update(form.schema().getBytes(StandardCharsets.UTF_8));
        this.format = new Format(CODEC, (int) fingerprint.getValue());
    }

    @Override
    public byte[] encode(R value) {
        ByteSink sink = new ByteSink();
        form.write(sink, value);
        return sink.toBytes();
    }

    @Override
    public R decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        R value = type.cast(form.read(source));
        source.requireEnd();
        return value;
    }

    @Override
    public Format format() {
        return format;
    }
}
