package io.cachewright.optimizer.connect;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where passwords come from that the target's URI does not hold.
public interface PasswordSource {

    /// The environment variable that may hold the password.
    String VARIABLE = "CACHEWRIGHT_PASSWORD";

    /// A password that is at hand without asking anybody.
    Optional<Secret> known(Target.Live target);

    /// A password from a person; called only after the server asked for one.
    Optional<Secret> ask(Target.Live target);

    static PasswordSource none() {
        return environment(Map.of());
    }

    /// Reads [#VARIABLE] of `environment`; an empty value counts as none.
    static PasswordSource environment(Map<String, String> environment) {
        return environment(environment, _ -> Optional.empty());
    }

    /// Reads [#VARIABLE] of `environment`, and else asks `person` when the server wants a password.
    static PasswordSource environment(Map<String, String> environment, Function<Target.Live, Optional<Secret>> person) {
        return new PasswordSource() {
            @Override
            public Optional<Secret> known(Target.Live target) {
                return Optional.ofNullable(environment.get(VARIABLE))
                        .filter(text -> !text.isEmpty())
                        .map(Secret::of);
            }

            @Override
            public Optional<Secret> ask(Target.Live target) {
                return person.apply(target);
            }
        };
    }
}
