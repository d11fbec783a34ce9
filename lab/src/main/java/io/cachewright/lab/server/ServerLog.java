package io.cachewright.lab.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// What a server printed, without the secrets that it repeats from its configuration when it cannot read it.
record ServerLog(Path file) {

    private static final long READ_BYTES_MAX = 16 << 20;

    private static final Pattern SECRET_LINE =
            Pattern.compile("(?im)(>>> '(?:requirepass|masterauth|primaryauth|user|tls-[a-z-]*pass)\\b).*$");

    String text() {
        try {
            if (!Files.exists(file)) {
                return "";
            }
            try (var input = Files.newInputStream(file)) {
                long size = Files.size(file);
                input.skipNBytes(Math.max(0, size - READ_BYTES_MAX));
                String text = new String(input.readNBytes((int) READ_BYTES_MAX), StandardCharsets.UTF_8);
                return withoutSecrets(text);
            }
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }

    String tail(int lines) {
        List<String> all = text().lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    static String withoutSecrets(String text) {
        return SECRET_LINE.matcher(text).replaceAll("$1 ***'");
    }
}
