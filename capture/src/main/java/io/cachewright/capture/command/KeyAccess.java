package io.cachewright.capture.command;

/// What a command does to a key.
public enum KeyAccess {
    READ,
    /// The value is changed in part, or read and changed.
    CHANGE,
    /// The value is replaced whole, whatever it was.
    OVERWRITE,
    DELETE;

    public boolean isWrite() {
        return switch (this) {
            case READ -> false;
            case CHANGE, OVERWRITE, DELETE -> true;
        };
    }
}
