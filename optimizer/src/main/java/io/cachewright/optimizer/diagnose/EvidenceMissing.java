package io.cachewright.optimizer.diagnose;

/// A rule asked for evidence that is not there; the diagnoser turns it into *unknown*.
public final class EvidenceMissing extends RuntimeException {

    /// @param reason one clause for people
    public EvidenceMissing(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
