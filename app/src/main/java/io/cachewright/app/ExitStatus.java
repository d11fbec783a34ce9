package io.cachewright.app;

/// How a run ended, as scripts and CI see it.
enum ExitStatus {
    FINE(0, "nothing found at or above --fail-on"),
    FINDINGS(1, "findings at or above --fail-on"),
    USAGE(2, "wrong usage or unusable input"),
    UNREACHABLE(3, "the target cannot be reached or refuses us"),
    INTERNAL(4, "an internal error");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
