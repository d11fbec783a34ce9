package io.cachewright.optimizer.apply;

import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The parameters and ACL users of one server.
public interface ParameterStore {

    /// The ACL user of this connection.
    String user();

    /// As CONFIG GET prints it; empty when the server has no such parameter.
    Optional<String> parameter(String name);

    /// Throws [ServerRefusal] when the server does not take it.
    void setParameter(String name, String value);

    /// The rules of a user as ACL LIST prints them, without passwords and without `nopass`; empty when
    /// there is no such user.
    Optional<String> aclRules(String user);

    /// Adds rules to a user. Throws [ServerRefusal] when the server does not take them.
    void addAclRules(String user, List<String> rules);

    /// The server at the other end of `connection`.
    static ParameterStore over(WireConnection connection) {
        return over((String... words) -> connection.call(Command.of(words)));
    }

    /// The server that answers `line`.
    static ParameterStore over(Line line) {
        return new Wire(line);
    }

    /// Sends one command and gives its reply.
    @FunctionalInterface
    interface Line {
        Reply call(String... words);
    }

    /// A server that answered a change with an error.
    final class ServerRefusal extends RuntimeException {
        public ServerRefusal(String message) {
            super(message);
        }
    }

    /// By the server's own commands.
    record Wire(Line line) implements ParameterStore {

        @Override
        public String user() {
            return call("ACL", "WHOAMI").text();
        }

        @Override
        public Optional<String> parameter(String name) {
            List<Reply> answer = call("CONFIG", "GET", name).elements();
            return answer.size() < 2
                    ? Optional.empty()
                    : Optional.of(answer.get(1).text());
        }

        @Override
        public void setParameter(String name, String value) {
            call("CONFIG", "SET", name, value);
        }

        @Override
        public Optional<String> aclRules(String user) {
            String start = "user " + user + " ";
            return call("ACL", "LIST").elements().stream()
                    .map(Reply::text)
                    .filter(line -> line.startsWith(start))
                    .map(line -> Arrays.stream(line.substring(start.length()).split(" "))
                            .filter(rule -> !rule.startsWith("#") && !rule.equals("nopass"))
                            .collect(Collectors.joining(" ")))
                    .findFirst();
        }

        @Override
        public void addAclRules(String user, List<String> rules) {
            List<String> arguments = new ArrayList<>(List.of("ACL", "SETUSER", user));
            arguments.addAll(rules);
            call(arguments.toArray(String[]::new));
        }

        private Reply call(String... arguments) {
            Reply reply = line.call(arguments);
            if (reply instanceof Reply.Error(String message)) {
                throw new ServerRefusal(message);
            }
            return reply;
        }
    }
}
