package io.cachewright.runtime.codec;

import io.cachewright.runtime.wire.ByteSink;
import io.cachewright.runtime.wire.ByteSource;

/// How values of one type lie in bytes.
interface BinaryForm {

    void write(ByteSink to, Object value);

    Object read(ByteSource from);

    /// The shape in words: two forms with the same schema read each other's bytes.
    String schema();

    @FunctionalInterface
    interface Writing<T> {
        void write(ByteSink to, T value);
    }

    @FunctionalInterface
    interface Reading<T> {
        T read(ByteSource from);
    }

    static <T> BinaryForm of(Class<T> type, String schema, Writing<T> writing, Reading<T> reading) {
        return new BinaryForm() {
            @Override
            public void write(ByteSink to, Object value) {
                writing.write(to, type.cast(value));
            }

            @Override
            public Object read(ByteSource from) {
                return reading.read(from);
            }

            @Override
            public String schema() {
                return schema;
            }
        };
    }
}
