package io.cachewright.snapshot.memory;

/// How a value is kept in memory, by the names that OBJECT ENCODING prints.
public enum Encoding {
    INT("int"),
    EMBSTR("embstr"),
    RAW("raw"),
    ZIPLIST("ziplist"),
    LISTPACK("listpack"),
    LISTPACK_EX("listpackex"),
    INTSET("intset"),
    HASHTABLE("hashtable"),
    SKIPLIST("skiplist"),
    QUICKLIST("quicklist"),
    STREAM("stream"),
    /// The value of a module, whose memory only the module knows.
    MODULE("module");

    private final String label;

    Encoding(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
