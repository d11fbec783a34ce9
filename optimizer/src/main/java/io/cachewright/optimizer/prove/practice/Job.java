package io.cachewright.optimizer.prove.practice;

import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.util.List;

/// One piece of work of a client, with all the round trips it takes: a step may depend on the reply of the one before.
@FunctionalInterface
public interface Job {

    /// Does the work for the `number`th time, 0, 1, 2 …: the same number is the same work on both sides.
    void run(WireConnection connection, int number);

    /// One command and its reply.
    static Reply ask(WireConnection connection, Command command) {
        return checked(connection.call(command), command);
    }

    /// One command and its reply.
    static Reply ask(WireConnection connection, String... arguments) {
        return ask(connection, Command.of(arguments));
    }

    /// Several commands in one round trip.
    static List<Reply> askAll(WireConnection connection, List<Command> commands) {
        List<Reply> replies = connection.pipeline(commands);
        for (int i = 0; i < replies.size(); i++) {
            checked(replies.get(i), commands.get(i));
        }
        return replies;
    }

    private static Reply checked(Reply reply, Command command) {
        if (reply instanceof Reply.Error(String message)) {
            throw new IllegalStateException(command.name() + " was answered by " + message);
        }
        return reply;
    }
}
