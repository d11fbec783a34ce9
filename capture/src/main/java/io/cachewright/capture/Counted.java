package io.cachewright.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/// Tells how many bytes of a stream were read.
final class Counted extends FilterInputStream {

    private final LongConsumer progress;
    private long count;

    Counted(InputStream input, LongConsumer progress) {
        super(input);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
            progress.accept(++count);
        }
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int more = super.read(bytes, offset, length);
        if (more > 0) {
            count += more;
            progress.accept(count);
        }
        return more;
    }
}
