package io.cachewright.study.input;

/// What a file is, by its content.
public enum FileKind {
    BUNDLE("an evidence bundle"),
    RDB("an RDB snapshot"),
    AOF("an append-only file"),
    AOF_MANIFEST("the manifest of an append-only file"),
    AOF_DIRECTORY("the directory of an append-only file"),
    MONITOR("MONITOR output"),
    PACKETS("a packet capture"),
    TRACE("an access trace");

    private final String label;

    FileKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
