package io.cachewright.optimizer.bundle;

import java.nio.file.Path;

/// A file that cannot be taken for evidence: why, in one line.
public final class BundleUnreadable extends RuntimeException {

    /// What is wrong with it.
    public enum Problem {
        NOT_FOUND,
        NOT_READABLE,
        NOT_A_BUNDLE,
        CUT_SHORT,
        CHECKSUM_DIFFERS,
        NEWER_FORMAT,
        OLDER_FORMAT,
        UNKNOWN_ENTRY,
        TOO_LARGE,
        MALFORMED
    }

    private final Problem problem;

    BundleUnreadable(Path file, Problem problem, String clause) {
        super(file + ": " + clause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
