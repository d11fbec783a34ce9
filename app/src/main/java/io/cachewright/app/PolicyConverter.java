package io.cachewright.app;

import io.cachewright.sizing.server.EvictionPolicy;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Eviction policies as `maxmemory-policy` names them.
final class PolicyConverter implements ITypeConverter<EvictionPolicy> {
    @Override
    public EvictionPolicy convert(String text) {
        return EvictionPolicy.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no eviction policy; known are "
                        + Arrays.stream(EvictionPolicy.values())
                                .map(EvictionPolicy::configName)
                                .collect(Collectors.joining(", "))));
    }
}
