package io.cachewright.drawing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// One page that needs no network: the styles are inline, and there is no script.
public final class Page {

    private Page() {}

    /// @param title of the window
    /// @param body markup between `<main>` and `</main>`
    public static String of(String title, Html body) {
        return new Html()
                .raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .element("title", title)
                .raw("<style>" + styles() + "</style></head><body><main>")
                .raw(body.toString())
                .raw("</main></body></html>\n")
                .toString();
    }

    private static String styles() {
        try (InputStream css = Page.class.getResourceAsStream("page.css")) {
            if (css == null) {
                throw new IllegalStateException("page.css is missing from the jar");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
