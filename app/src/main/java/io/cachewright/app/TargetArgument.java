package io.cachewright.app;

import io.cachewright.optimizer.bundle.EvidenceBundle;
import io.cachewright.optimizer.collect.CollectionPlan;
import io.cachewright.optimizer.collect.Collector;
import io.cachewright.optimizer.collect.Progress;
import io.cachewright.optimizer.connect.ConnectSettings;
import io.cachewright.optimizer.connect.Connector;
import io.cachewright.optimizer.connect.PasswordSource;
import io.cachewright.optimizer.connect.Secret;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.evidence.Evidence;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The TARGET of a verb and how it is read: a live server, or a bundle that was collected before.
final class TargetArgument {

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            defaultValue = "${env:CACHEWRIGHT_TARGET}",
            description = "A URI, host:port, or a file.")
    private @Nullable String text;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "${env:CACHEWRIGHT_WINDOW:-5s}",
            converter = DurationConverter.class,
            description = "How long a live server is watched; counters are judged over it (default: 5s).")
    private Duration window = Duration.ofSeconds(5);

    @Option(
            names = "--keys",
            paramLabel = "COUNT",
            defaultValue = "2000",
            description = "How many keys of a server or a snapshot are looked at, at most; 0 looks at none"
                    + " (default: ${DEFAULT-VALUE}).")
    private int keysMax = 2_000;

    /// Empty when none was given.
    Optional<Target> target() {
        return text().map(Target::parse);
    }

    /// As it was given.
    Optional<String> text() {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }

    /// How many keys are looked at, at most.
    int keysMax() {
        return keysMax;
    }

    CollectionPlan plan() {
        return CollectionPlan.standard().withWindow(window).withKeysMax(keysMax);
    }

    Evidence evidence(Target target, Surroundings surroundings, Narrator narrator) {
        return switch (target) {
            case Target.Bundle bundle -> {
                narrator.say("reading " + bundle.path());
                yield EvidenceBundle.read(bundle.path());
            }
            case Target.Live live -> {
                narrator.say("connecting to " + live);
                try (Session session = connect(live, surroundings)) {
                    yield new Collector().collect(session, plan(), progress(narrator));
                }
            }
        };
    }

    static Session connect(Target.Live live, Surroundings surroundings) {
        return new Connector(ConnectSettings.environment(surroundings.environment()))
                .connect(live, PasswordSource.environment(surroundings.environment(), TargetArgument::ask));
    }

    static Progress progress(Narrator narrator) {
        return (node, what) -> narrator.say(node + ": " + what);
    }

    private static Optional<Secret> ask(Target.Live target) {
        java.io.Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return Optional.empty();
        }
        char[] typed = console.readPassword("Password for %s: ", target);
        return typed == null || typed.length == 0 ? Optional.empty() : Optional.of(Secret.of(new String(typed)));
    }
}
