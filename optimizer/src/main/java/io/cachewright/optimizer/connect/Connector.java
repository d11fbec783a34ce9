package io.cachewright.optimizer.connect;

import java.util.Optional;

/// Opens sessions.
public final class Connector {

    private final ConnectSettings settings;

    public Connector(ConnectSettings settings) {
        this.settings = settings;
    }

    /// Connects and signs in: with the password of the URI, else with one at hand, else with one asked for when the
    /// server wants it.
    ///
    /// @throws TargetUnreachable when no session can be had, with the reason in one line
    public Session connect(Target.Live target, PasswordSource passwords) {
        Optional<Secret> password = target.password().or(() -> passwords.known(target));
        try {
            return Session.open(new Opening(target, password, settings));
        } catch (TargetUnreachable refused) {
            boolean isPasswordWanted = refused.code() == TargetUnreachable.Code.PASSWORD_MISSING;
            Optional<Secret> asked = isPasswordWanted ? passwords.ask(target) : Optional.empty();
            if (asked.isEmpty()) {
                throw refused;
            }
            return Session.open(new Opening(target, asked, settings));
        }
    }
}
