package io.cachewright.app;

import io.cachewright.domain.ByteSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Sizes as `redis.conf` has them: `64mb`, `1.5gb`.
final class ByteSizeConverter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
        return ByteSize.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no size; write 64mb or 1.5gb"));
    }
}
