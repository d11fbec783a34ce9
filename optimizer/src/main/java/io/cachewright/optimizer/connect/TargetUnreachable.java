package io.cachewright.optimizer.connect;

/// A target that cannot be looked at: which of the known reasons it is, and one line for people.
public final class TargetUnreachable extends RuntimeException {

    /// Who can mend it.
    public enum Side {
        /// What the user gave: the address, the password, the scheme.
        USER,
        /// The target or the way to it.
        TARGET,
        /// This program.
        INTERNAL
    }

    /// Why.
    public enum Code {
        NOTHING_LISTENING(Side.TARGET),
        UNKNOWN_HOST(Side.USER),
        NO_ROUTE(Side.TARGET),
        TIMED_OUT(Side.TARGET),
        PASSWORD_MISSING(Side.USER),
        WRONG_PASSWORD(Side.USER),
        /// A named user was refused: servers do not tell a wrong password from an unknown or disabled user.
        USER_REFUSED(Side.USER),
        TLS_EXPECTED(Side.USER),
        PLAIN_EXPECTED(Side.USER),
        CERTIFICATE_NOT_TRUSTED(Side.USER),
        CLIENT_CERTIFICATE_EXPECTED(Side.USER),
        CERTIFICATE_FILE_UNREADABLE(Side.USER),
        NOT_REDIS(Side.USER),
        LOADING(Side.TARGET),
        CLIENTS_EXHAUSTED(Side.TARGET),
        PROTECTED_MODE(Side.TARGET),
        PRIMARY_LINK_DOWN(Side.TARGET),
        SCRIPT_RUNNING(Side.TARGET),
        CLOSED_BY_SERVER(Side.TARGET),
        UNEXPECTED(Side.INTERNAL);

        private final Side side;

        Code(Side side) {
            this.side = side;
        }

        public Side side() {
            return side;
        }
    }

    private final Code code;

    TargetUnreachable(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
