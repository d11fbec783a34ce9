package io.cachewright.optimizer.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A server that only has parameters and users.
final class FakeStore implements ParameterStore {

    final Map<String, String> parameters = new TreeMap<>();
    final Map<String, String> users = new TreeMap<>();
    final List<String> writes = new ArrayList<>();
    String refused = "";
    String ignored = "";

    FakeStore with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    @Override
    public String user() {
        return "admin";
    }

    @Override
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public void setParameter(String name, String value) {
        if (name.equals(refused)) {
            throw new ServerRefusal("ERR CONFIG SET failed");
        }
        writes.add(name + "=" + value);
        if (!name.equals(ignored)) {
            parameters.put(name, value);
        }
    }

    @Override
    public Optional<String> aclRules(String user) {
        return Optional.ofNullable(users.get(user));
    }

    @Override
    public void addAclRules(String user, List<String> rules) {
        if (rules.getFirst().equals("resetkeys")) {
            users.put(user, String.join(" ", rules.subList(3, rules.size())));
        } else {
            users.merge(user, String.join(" ", rules), (a, b) -> a + " " + b);
        }
    }
}
