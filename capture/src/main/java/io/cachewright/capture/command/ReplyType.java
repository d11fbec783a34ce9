package io.cachewright.capture.command;

/// Kinds of answers, over both versions of the protocol.
public enum ReplyType {
    STATUS,
    /// The status that a command inside MULTI gets: its answer is part of the one to EXEC.
    QUEUED,
    ERROR,
    INTEGER,
    STRING,
    ARRAY,
    MAP,
    SET,
    NULL,
    DOUBLE,
    BOOLEAN,
    BIG_NUMBER,
    PUSH
}
