package io.cachewright.drawing;

/// Builds HTML so that no text can be taken for markup: what comes from a server is always escaped.
public final class Html {

    private final StringBuilder out = new StringBuilder();

    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /// Markup as it is.
    public Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Text, escaped.
    public Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /// An element with escaped text; `tag` may carry attributes, as in `p class="soft"`.
    public Html element(String tag, String text) {
        int space = tag.indexOf(' ');
        String name = space < 0 ? tag : tag.substring(0, space);
        out.append('<').append(tag).append('>');
        return text(text).raw("</" + name + ">");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
