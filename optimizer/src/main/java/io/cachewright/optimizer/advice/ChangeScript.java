package io.cachewright.optimizer.advice;

import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.advice.Change.Restart;
import io.cachewright.optimizer.advice.ChangeSteps.Check;
import io.cachewright.optimizer.advice.ChangeSteps.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The exact lines of a set of changes, in the order in which nodes take them.
///
/// Replicas take a parameter before the primary does, so that a bad value shows where nobody writes; a memory limit
/// that falls goes to the primary first, so that no replica is smaller than what it copies.
public final class ChangeScript {

    /// Parameters whose lower value has to reach the primary first.
    private static final String MEMORY_LIMIT = "maxmemory";

    private final List<ServerNode> nodes;
    private final List<ChangeSteps> steps;

    private ChangeScript(List<ServerNode> nodes, List<ChangeSteps> steps) {
        this.nodes = nodes;
        this.steps = steps;
    }

    /// @param changes in the order in which they are wanted; what is named twice is done once
    /// @param nodes the servers of the deployment
    public static ChangeScript of(List<Change> changes, List<ServerNode> nodes) {
        List<Change> once = List.copyOf(new LinkedHashSet<>(changes));
        return new ChangeScript(
                List.copyOf(nodes),
                acrossNodes(once, nodes).stream().map(ChangeSteps::of).toList());
    }

    /// In order.
    public List<ChangeSteps> steps() {
        return steps;
    }

    /// What is typed at the prompt of redis-cli, or piped into it, for one node.
    public String toRedisCli(ServerNode node) {
        return lines(steps, node, ChangeSteps::apply);
    }

    /// The same to take everything back, last change first.
    public String toRedisCliUndo(ServerNode node) {
        return lines(steps.reversed(), node, ChangeSteps::undo);
    }

    /// The lines of one node's `redis.conf`.
    public String toRedisConf(ServerNode node) {
        StringBuilder fragment = new StringBuilder();
        for (ChangeSteps step : steps) {
            if (step.change() instanceof Change.SetParameter set && set.node().equals(node.address())) {
                ParameterValue.lines(set.name(), set.newValue())
                        .forEach(line -> fragment.append(line).append('\n'));
            }
        }
        return fragment.toString();
    }

    /// A POSIX shell script that stops at the first surprise: another engine or version, a value that is not the old
    /// one, a change that did not take.
    public String toShell() {
        StringBuilder script = new StringBuilder(HEADER);
        nodes.forEach(node -> guard(node, script));
        for (ChangeSteps step : steps) {
            script.append('\n');
            comment(step.change().subject() + " at " + step.where(), script);
            step.before().forEach(check -> check(check, step, script));
            step.apply().forEach(line -> line(line, step, script));
            step.after().stream()
                    .filter(_ -> step.apply().stream().noneMatch(Line.Person.class::isInstance))
                    .forEach(check -> check(check, step, script));
            step.notes().forEach(note -> comment(note, script));
        }
        return script.toString();
    }

    /// The same to take everything back, last change first.
    public String toShellUndo() {
        StringBuilder script = new StringBuilder(HEADER);
        nodes.forEach(node -> guard(node, script));
        for (ChangeSteps step : steps.reversed()) {
            script.append('\n');
            comment("undo " + step.change().subject() + " at " + step.where(), script);
            step.undo().forEach(line -> line(line, step, script));
            step.before().stream()
                    .filter(_ -> step.undo().stream().noneMatch(Line.Person.class::isInstance))
                    .forEach(check -> check(check, step, script));
        }
        return script.toString();
    }

    private static final String HEADER = """
            #!/bin/sh
            # A password is taken from the environment variable REDISCLI_AUTH, never from this file.
            set -eu
            stop() { printf '%s\\n' "stopped: $1" >&2; exit 1; }
            answers_ok() { [ "$2" = OK ] || stop "$1: $2"; }
            expect() { [ "$2" = "$3" ] || stop "$1 is '$2', expected '$3'"; }
            """;

    private static void guard(ServerNode node, StringBuilder script) {
        node.version()
                .ifPresent(version -> script.append(node.redisCli())
                        .append(" INFO server | tr -d '\\r' | grep -q ")
                        .append(Quoting.forShell("^" + versionLine(version)))
                        .append(" || stop ")
                        .append(Quoting.forShell(node.address() + " is no longer " + version))
                        .append('\n'));
    }

    /// What INFO prints for this version; a patch release of the same line is as good.
    static String versionLine(ServerVersion version) {
        String field = version.engine() == Engine.VALKEY ? "valkey_version:" : "redis_version:";
        return field + version.major() + "\\." + version.minor() + "\\.";
    }

    private void check(Check check, ChangeSteps step, StringBuilder script) {
        switch (check.line()) {
            case Line.Redis(List<String> arguments)
            when step.change() instanceof Change.SetParameter set ->
                script.append("expect ")
                        .append(Quoting.forShell(set.name()))
                        .append(" \"$(")
                        .append(call(step.where(), arguments))
                        .append(" | tail -n +2)\" ")
                        .append(Quoting.forShell(check.expected()))
                        .append('\n');
            case Line.Shell(String command) -> comment("check: " + command + " answers " + check.expected(), script);
            case Line.Redis _, Line.Person _ ->
                comment("check: " + check.line().text() + ": " + check.expected(), script);
        }
    }

    private void line(Line line, ChangeSteps step, StringBuilder script) {
        switch (line) {
            case Line.Redis(List<String> arguments) ->
                script.append("answers_ok ")
                        .append(Quoting.forShell(step.change().subject()))
                        .append(" \"$(")
                        .append(call(step.where(), arguments))
                        .append(")\"\n");
            case Line.Shell(String command) -> comment("on the machine of the server: " + command, script);
            case Line.Person(String instruction) -> comment("to do: " + instruction, script);
        }
    }

    private String call(String address, List<String> arguments) {
        String cli = node(address)
                .orElseGet(() -> new ServerNode(address, Optional.empty(), false))
                .redisCli();
        StringBuilder call = new StringBuilder(cli);
        arguments.forEach(argument -> call.append(' ').append(Quoting.forShell(argument)));
        return call.toString();
    }

    private static void comment(String text, StringBuilder script) {
        text.lines().forEach(line -> script.append("# ").append(line).append('\n'));
    }

    private static String lines(List<ChangeSteps> steps, ServerNode node, Function<ChangeSteps, List<Line>> which) {
        StringBuilder lines = new StringBuilder();
        for (ChangeSteps step : steps) {
            if (step.where().equals(node.address())) {
                which.apply(step).stream()
                        .filter(Line.Redis.class::isInstance)
                        .forEach(line -> lines.append(line.text()).append('\n'));
            }
        }
        return lines.toString();
    }

    private Optional<ServerNode> node(String address) {
        return nodes.stream().filter(node -> node.address().equals(address)).findFirst();
    }

    /* A stable sort within each run of changes of one parameter: the order between parameters stays as it is wanted. */
    private static List<Change> acrossNodes(List<Change> changes, List<ServerNode> nodes) {
        List<Change> ordered = new ArrayList<>();
        List<Change> waiting = new ArrayList<>(changes);
        while (!waiting.isEmpty()) {
            if (waiting.getFirst() instanceof Change.SetParameter first) {
                List<Change> same = waiting.stream()
                        .filter(change -> change instanceof Change.SetParameter set
                                && set.name().equals(first.name()))
                        .sorted(Comparator.comparingInt(change -> place((Change.SetParameter) change, nodes)))
                        .toList();
                ordered.addAll(same);
                waiting.removeAll(same);
            } else {
                ordered.add(waiting.removeFirst());
            }
        }
        return ordered;
    }

    private static int place(Change.SetParameter set, List<ServerNode> nodes) {
        boolean isReplica = nodes.stream().anyMatch(node -> node.address().equals(set.node()) && node.isReplica());
        boolean primaryFirst = set.restart() != Restart.NEEDED && set.name().equals(MEMORY_LIMIT) && falls(set);
        return isReplica == primaryFirst ? 1 : 0;
    }

    /// Whether a memory limit falls; 0 is no limit.
    private static boolean falls(Change.SetParameter set) {
        return limit(set.newValue()) < limit(set.oldValue());
    }

    private static long limit(String value) {
        long bytes = ByteSize.parse(value).map(ByteSize::bytes).orElse(0L);
        return bytes == 0 ? Long.MAX_VALUE : bytes;
    }
}
