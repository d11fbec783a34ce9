package io.cachewright.app;

import io.cachewright.sizing.trace.KeyDump;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How binary keys are written, by the names that formats of numbers have elsewhere.
final class KeyDumpConverter implements ITypeConverter<KeyDump> {

    private static final Map<String, KeyDump> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("int64-be", KeyDump.INT64_BIG_ENDIAN);
        BY_NAME.put("int32-le", KeyDump.INT32_LITTLE_ENDIAN);
    }

    @Override
    public KeyDump convert(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        KeyDump known = BY_NAME.get(name);
        if (known == null) {
            throw new TypeConversionException("'" + text
                    + "' is no form of keys; known are int64-be (8 bytes a key, most significant first) and int32-le (4"
                    + " bytes a key, least significant first)");
        }
        return known;
    }

    /// What may be given.
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return BY_NAME.keySet().iterator();
        }
    }
}
