package io.cachewright.sizing.trace;

/// What an access did to its key.
public enum Operation {
    /// Looks the key up; on a miss the application loads the value from its origin and stores it (read-through).
    READ(0),
    /// Stores the value whether or not the key is there.
    WRITE(1),
    /// Removes the key.
    DELETE(2);

    private static final Operation[] BY_CODE = {READ, WRITE, DELETE};

    private final int code;

    Operation(int code) {
        this.code = code;
    }

    /// As a trace keeps it.
    int code() {
        return code;
    }

    static Operation of(int code) {
        return BY_CODE[code];
    }
}
