package io.cachewright.snapshot.rdb;

/// What is known of a file's integrity.
public enum Checksum {
    /// It has one, and it is right.
    VERIFIED,
    /// The writer ran with `rdbchecksum no`: damage may go unnoticed.
    DISABLED,
    /// The format is older than checksums (version 4 and before): damage may go unnoticed.
    ABSENT
}
