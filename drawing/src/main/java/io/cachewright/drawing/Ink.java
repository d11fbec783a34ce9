package io.cachewright.drawing;

/// Colours of a terminal, or none.
public enum Ink {
    PLAIN {
        @Override
        public String paint(String code, String text) {
            return text;
        }
    },
    COLOURED {
        @Override
        public String paint(String code, String text) {
            return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    };

    /// @param code as ECMA-48 numbers the colours and weights: `1;31` is bold red
    public abstract String paint(String code, String text);

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    /// How many places a painted text takes.
    public static int visibleLength(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "").length();
    }
}
