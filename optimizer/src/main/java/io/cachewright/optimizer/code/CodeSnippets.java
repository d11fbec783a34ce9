package io.cachewright.optimizer.code;

import io.cachewright.optimizer.advice.Practice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Finds the code of a practice.
public final class CodeSnippets {

    private CodeSnippets() {}

    /// A whole file, ready to be copied.
    public static String forPractice(Practice practice, Language language) {
        String name = practice.name().toLowerCase(Locale.ROOT) + "." + language.extension();
        try (InputStream file = CodeSnippets.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("this build lacks the code " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
