package io.cachewright.snapshot.rdb;

/// The key that is being told. One instance serves a whole walk.
public final class RdbKey {

    /// In place of a database: that of the key before, which is in another range of the file.
    public static final int INHERITED = -1;

    static final long NONE = -1;

    int database;
    ValueType type = ValueType.STRING;
    byte[] name = new byte[0];
    int nameFrom;
    int nameLength;
    long fileFrom;
    long attributeBytes;
    long expiresAt = NONE;
    long idleSeconds = NONE;
    int frequency = (int) NONE;

    RdbKey() {}

    /// A key before the first: nameless, without expiry.
    public static RdbKey none() {
        return new RdbKey();
    }

    void forgetAttributes() {
        expiresAt = NONE;
        idleSeconds = NONE;
        frequency = (int) NONE;
    }

    public int database() {
        return database;
    }

    public ValueType type() {
        return type;
    }

    /// The buffer that holds the name from [#nameFrom] on; valid until the visitor returns.
    public byte[] name() {
        return name;
    }

    public int nameFrom() {
        return nameFrom;
    }

    public int nameLength() {
        return nameLength;
    }

    public boolean expires() {
        return expiresAt != NONE;
    }

    /// In ms since 1970; −1 when it never does.
    public long expiresAt() {
        return expiresAt;
    }

    /// Seconds since it was last used; −1 when the writer did not run an LRU policy.
    public long idleSeconds() {
        return idleSeconds;
    }

    /// The logarithmic counter, 0 to 255; −1 when the writer did not run an LFU policy.
    public int frequency() {
        return frequency;
    }

    /// Where the key stands in the file: its type, its name, its value.
    public long fileFrom() {
        return fileFrom;
    }

    /// Bytes of its expiry, idle time and the like, which stand before [#fileFrom].
    public long attributeBytes() {
        return attributeBytes;
    }
}
