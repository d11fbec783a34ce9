package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.wire.Address;
import io.cachewright.optimizer.apply.ParameterStore;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The servers that changes go to: the target itself, and its replicas with the same login.
final class Stores implements AutoCloseable {

    private final Session session;
    private final Map<String, Session> others = new HashMap<>();

    private Stores(Session session) {
        this.session = session;
    }

    /// @throws InvalidInput when the target is a bundle: a file cannot be changed
    static Stores of(String target, Surroundings surroundings) {
        return switch (Target.parse(target)) {
            case Target.Live live -> new Stores(TargetArgument.connect(live, surroundings));
            case Target.Bundle _ ->
                throw new InvalidInput("TARGET", List.of("is a bundle; changes go to a live server"));
        };
    }

    Target.Live target() {
        return session.target();
    }

    ParameterStore at(String address) {
        if (session.address().toString().equals(address)) {
            return ParameterStore.over(session::call);
        }
        return ParameterStore.over(others.computeIfAbsent(address, other -> session.connectTo(address(other)))::call);
    }

    private static Address address(String text) {
        return switch (Target.parse(text)) {
            case Target.Live live -> live.address();
            case Target.Bundle _ -> throw new InvalidInput("REPORT", List.of("names no server: '" + text + "'"));
        };
    }

    @Override
    public void close() {
        others.values().forEach(Session::close);
        session.close();
    }
}
