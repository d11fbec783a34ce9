package io.cachewright.app;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Servers as people write them: `redis-7.0`, `valkey-8.1`, or `7.2` for a Redis.
final class ServerVersionConverter implements ITypeConverter<ServerVersion> {

    @Override
    public ServerVersion convert(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Engine engine = lower.startsWith("valkey") ? Engine.VALKEY : Engine.REDIS;
        String version = lower.replaceFirst("^(redis|valkey)[-: ]?", "");
        return ServerVersion.parse(engine, version)
                .orElseThrow(() ->
                        new TypeConversionException("'" + text + "' is no server; write redis-7.0 or valkey-8.1"));
    }
}
