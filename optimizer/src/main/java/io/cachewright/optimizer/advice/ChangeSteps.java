package io.cachewright.optimizer.advice;

import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Change.Restart;
import io.cachewright.optimizer.evidence.ServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// How one change is carried out, checked and taken back, line by line.
///
/// @param where the server or the people concerned
/// @param before what must be so before it is applied; anything else means that the advice is out of date
/// @param after what must be so afterwards
/// @param notes what else to know
public record ChangeSteps(
        Change change,
        String where,
        List<Check> before,
        List<Line> apply,
        List<Check> after,
        List<Line> undo,
        List<String> notes) {

    /// Something to do.
    public sealed interface Line {

        /// A command of the server.
        record Redis(List<String> arguments) implements Line {
            public Redis {
                arguments = List.copyOf(arguments);
            }

            public static Redis of(String... arguments) {
                return new Redis(List.of(arguments));
            }
        }

        /// A command of the server's machine.
        record Shell(String command) implements Line {}

        /// An instruction for people.
        record Person(String instruction) implements Line {}

        /// As it is typed: at the prompt of redis-cli, of a shell, or read by a person.
        default String text() {
            return switch (this) {
                case Redis(List<String> arguments) ->
                    String.join(" ", arguments.stream().map(Quoting::forRedis).toList());
                case Shell(String command) -> command;
                case Person(String instruction) -> instruction;
            };
        }
    }

    /// @param line what to ask
    /// @param expected the answer
    public record Check(Line line, String expected) {}

    private static final String NOT_KEPT = "put the secret of before back; it is not kept here";

    public ChangeSteps {
        before = List.copyOf(before);
        apply = List.copyOf(apply);
        after = List.copyOf(after);
        undo = List.copyOf(undo);
        notes = List.copyOf(notes);
    }

    /// The steps of any change.
    public static ChangeSteps of(Change change) {
        return switch (change) {
            case Change.SetParameter set when set.restart() == Restart.NEEDED -> restarting(set);
            case Change.SetParameter set -> running(set);
            case Change.SetAcl acl -> acl(acl);
            case Change.SetHost host -> host(host);
            case Change.SetTimeToLive lifetime -> lifetime(lifetime);
            case Change.Remodel remodel ->
                byPeople(
                        change,
                        "writers and readers of " + remodel.family(),
                        remodel.practice().label() + ": store " + remodel.to() + " instead of " + remodel.from()
                                + ", first beside the old keys, then instead of them",
                        "sample keys of " + remodel.family(),
                        remodel.to(),
                        "switch the writers back to " + remodel.from()
                                + "; remove the new keys once nobody reads them");
            case Change.ChangeClient client ->
                byPeople(
                        change,
                        "clients",
                        client.practice().label() + ": " + client.to() + " instead of " + client.from(),
                        "collect again and compare",
                        client.to(),
                        "switch the clients back to " + client.from());
            case Change.ChangeTopology topology ->
                byPeople(
                        change,
                        topology.subject(),
                        topology.migration(),
                        "the arrangement of servers",
                        topology.to(),
                        topology.undo());
        };
    }

    private static ChangeSteps running(Change.SetParameter set) {
        Line read = Line.Redis.of("CONFIG", "GET", set.name());
        List<String> notes = new ArrayList<>();
        notes.add("CONFIG REWRITE keeps it over a restart where the server has a configuration file; otherwise add the"
                + " line to the file by hand");
        if (set.restart() == Restart.NOT_NEEDED_FOR_NEW) {
            notes.add("takes effect for new connections or new keys only");
        }
        return new ChangeSteps(
                set,
                set.node(),
                isSecret(set) ? List.of() : List.of(expecting(read, set.name(), set.oldValue())),
                List.of(Line.Redis.of("CONFIG", "SET", set.name(), set.newValue())),
                List.of(expecting(read, set.name(), set.newValue())),
                List.of(
                        isSecret(set)
                                ? new Line.Person(NOT_KEPT)
                                : Line.Redis.of("CONFIG", "SET", set.name(), set.oldValue())),
                notes);
    }

    private static ChangeSteps restarting(Change.SetParameter set) {
        Line read = Line.Redis.of("CONFIG", "GET", set.name());
        return new ChangeSteps(
                set,
                set.node(),
                isSecret(set) ? List.of() : List.of(expecting(read, set.name(), set.oldValue())),
                restart(String.join("`, `", ParameterValue.lines(set.name(), set.newValue()))),
                List.of(expecting(read, set.name(), set.newValue())),
                isSecret(set)
                        ? List.of(new Line.Person(NOT_KEPT))
                        : restart(String.join("`, `", ParameterValue.lines(set.name(), set.oldValue()))),
                List.of("read at start only: replicas first, then a failover, then the old primary"));
    }

    private static List<Line> restart(String configured) {
        return List.of(
                new Line.Person("set `" + configured + "` in the configuration file"),
                new Line.Person("restart the server and wait until it has loaded its data"));
    }

    private static Check expecting(Line read, String name, String value) {
        return new Check(read, ParameterValue.printed(name, value));
    }

    private static boolean isSecret(Change.SetParameter set) {
        return set.oldValue().equals(ServerConfig.REDACTED);
    }

    private static ChangeSteps acl(Change.SetAcl acl) {
        return new ChangeSteps(
                acl,
                acl.node(),
                List.of(),
                List.of(setUser(acl.user(), acl.rule())),
                List.of(new Check(Line.Redis.of("ACL", "GETUSER", acl.user()), "shows " + acl.rule())),
                List.of(setUser(acl.user(), acl.undoRule())),
                List.of("ACL SAVE keeps it where the server has an ACL file; otherwise CONFIG REWRITE does"));
    }

    private static Line setUser(String user, String rule) {
        return new Line.Redis(Stream.concat(
                        Stream.of("ACL", "SETUSER", user),
                        Arrays.stream(rule.strip().split("\\s+")))
                .toList());
    }

    private static ChangeSteps host(Change.SetHost host) {
        Line read = host.setting().startsWith("/")
                ? new Line.Shell("cat " + Quoting.forShell(host.setting()))
                : host.setting().matches("[a-z]+(\\.[a-z0-9_]+)+")
                        ? new Line.Shell("sysctl -n " + host.setting())
                        : new Line.Person("read " + host.setting());
        return new ChangeSteps(
                host,
                "host",
                List.of(new Check(read, host.oldValue())),
                List.of(new Line.Shell(host.command())),
                List.of(new Check(read, host.newValue())),
                List.of(new Line.Shell(host.undoCommand())),
                List.of("make it survive a reboot the way this machine keeps its settings"));
    }

    private static ChangeSteps lifetime(Change.SetTimeToLive lifetime) {
        Duration spread = Duration.ofNanos(Math.round(lifetime.newTimeToLive().toNanos() * lifetime.jitterShare()));
        String wanted = Durations.format(lifetime.newTimeToLive())
                + (spread.isZero() ? "" : " ± " + Durations.format(Duration.ofMillis(spread.toMillis())));
        return byPeople(
                lifetime,
                "writers of " + lifetime.family(),
                "write with a lifetime of " + wanted + ", in the same command: SET key value PX milliseconds",
                "PTTL of sampled keys of " + lifetime.family(),
                "at most " + wanted,
                lifetime.oldTimeToLive()
                        .map(old -> "write with the lifetime of before, " + Durations.format(old))
                        .orElse("write without a lifetime; PERSIST the keys written meanwhile"));
    }

    private static ChangeSteps byPeople(
            Change change, String where, String apply, String verify, String expected, String undo) {
        return new ChangeSteps(
                change,
                where,
                List.of(),
                List.of(new Line.Person(apply)),
                List.of(new Check(new Line.Person(verify), expected)),
                List.of(new Line.Person(undo)),
                List.of());
    }
}
