package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.apply.ChangeFailed;
import io.cachewright.optimizer.apply.ChangeRefused;
import io.cachewright.optimizer.bundle.BundleUnreadable;
import io.cachewright.optimizer.collect.CollectionInterrupted;
import io.cachewright.optimizer.connect.TargetUnreachable;
import io.cachewright.snapshot.rdb.MalformedSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The root of the command line: its verbs, and what becomes of an error.
@Command(
        name = "cachewright",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Optimizer for Redis and Valkey caches in trading systems: finds what is wrong, says exactly what to change,"
                    + " and proves each change by measuring it.",
            "",
            "A TARGET is a URI (redis://, rediss://, valkey://, valkeys://, redis-socket://), host:port, or a file (a bundle; for some verbs also a"
                    + " snapshot, a capture or a trace)."
        },
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "Examples:",
            "  cachewright optimize                              a built-in trading load with the usual mistakes",
            "  cachewright optimize redis://cache.internal:6379  a real server, read-only",
            "  cachewright collect redis://cache:6379 -f e.zip   save the evidence, then: cachewright plan e.zip",
            "  cachewright plan e.zip --set rpo=0s -o json       what would change under other requirements",
            "  cachewright profile dump.rdb                      what a snapshot holds, and what it weighs",
            "  cachewright size accesses.csv --hit-ratio 95%%     how much memory that takes",
            "",
            "A password comes from the URI, from CACHEWRIGHT_PASSWORD, or is asked for."
        })
final class Cachewright {

    /// By name, in the order of the help.
    private static final Map<String, Class<?>> VERBS = verbs();

    private static final Set<String> TELL_OF_ALL = Set.of("generate-completion", "help");

    private Cachewright() {}

    private static Map<String, Class<?>> verbs() {
        Map<String, Class<?>> verbs = new LinkedHashMap<>();
        verbs.put("optimize", OptimizeCommand.class);
        verbs.put("collect", CollectCommand.class);
        verbs.put("profile", ProfileCommand.class);
        verbs.put("size", SizeCommand.class);
        verbs.put("diagnose", DiagnoseCommand.class);
        verbs.put("plan", PlanCommand.class);
        verbs.put("prove", ProveCommand.class);
        verbs.put("apply", ApplyCommand.class);
        verbs.put("undo", UndoCommand.class);
        verbs.put("report", ReportCommand.class);
        verbs.put("rules", RulesCommand.class);
        verbs.put("code", CodeCommand.class);
        verbs.put("generate-completion", GenerateCompletion.class);
        verbs.put("help", HelpCommand.class);
        return verbs;
    }

    /// Knows the verb that the arguments begin with, or all of them where they begin with something else: to build them
    /// all takes longer than many a verb does.
    static CommandLine commandLine(Console console, Map<String, String> environment, String... arguments) {
        CommandLine line = new CommandLine(new Cachewright(), factory(console, environment));
        String first = arguments.length == 0 ? "" : arguments[0];
        VERBS.forEach((name, verb) -> {
            if (name.equals(first) || !isEnough(first)) {
                line.addSubcommand(name, verb);
            }
        });
        line.setOut(console.out());
        line.setErr(console.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(true);
        line.setUsageHelpLongOptionsMaxWidth(34);
        line.setUsageHelpWidth(110);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((error, _, _) -> failed(error, console));
        line.setParameterExceptionHandler((error, _) -> {
            console.say("cachewright: " + oneLine(error.getMessage()));
            String verb = error.getCommandLine().getCommandSpec().qualifiedName();
            console.say("Try '" + verb + " --help'.");
            return ExitStatus.USAGE.code();
        });
        Map<String, String> exitCodes = new LinkedHashMap<>();
        Arrays.stream(ExitStatus.values())
                .forEach(status -> exitCodes.put(String.valueOf(status.code()), status.meaning()));
        for (CommandLine verb : line.getSubcommands().values()) {
            UsageMessageSpec usage = verb.getCommandSpec().usageMessage();
            usage.exitCodeListHeading("%nExit status:%n").exitCodeList(exitCodes);
        }
        return line;
    }

    /// Whether the verb needs no other beside it.
    private static boolean isEnough(String verb) {
        return VERBS.containsKey(verb) && !TELL_OF_ALL.contains(verb);
    }

    /// Commands get the console and the environment through their constructor, so that tests can hand in others.
    private static IFactory factory(Console console, Map<String, String> environment) {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (var constructor : type.getDeclaredConstructors()) {
                    if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Surroundings.class})) {
                        return type.cast(constructor.newInstance(new Surroundings(console, environment)));
                    }
                }
                return CommandLine.defaultFactory().create(type);
            }
        };
    }

    /// One clear line for people, details in the log only.
    private static int failed(Exception error, Console console) {
        return switch (error) {
            case InvalidInput invalid -> {
                String source = String.valueOf(invalid.getMessage()).split(": ", 2)[0];
                invalid.problems().forEach(problem -> console.say("cachewright: " + source + ": " + oneLine(problem)));
                yield ExitStatus.USAGE.code();
            }
            case BundleUnreadable unreadable -> {
                console.say("cachewright: " + oneLine(unreadable.getMessage()));
                yield ExitStatus.USAGE.code();
            }
            case MalformedSnapshot malformed -> {
                console.say("cachewright: " + oneLine(malformed.getMessage()));
                yield ExitStatus.USAGE.code();
            }
            case IOException unreadable -> {
                console.say("cachewright: " + oneLine(unreadable.getMessage()));
                yield ExitStatus.USAGE.code();
            }
            case UncheckedIOException unreadable -> {
                console.say("cachewright: " + oneLine(unreadable.getMessage()));
                yield ExitStatus.USAGE.code();
            }
            case ChangeRefused refused -> {
                console.say("cachewright: " + oneLine(refused.getMessage()));
                yield ExitStatus.USAGE.code();
            }
            case ChangeFailed failed -> {
                console.say("cachewright: " + oneLine(failed.getMessage()));
                yield ExitStatus.UNREACHABLE.code();
            }
            case TargetUnreachable unreachable -> {
                console.say("cachewright: " + oneLine(unreachable.getMessage()));
                yield ExitStatus.UNREACHABLE.code();
            }
            case CollectionInterrupted interrupted -> {
                console.say("cachewright: " + interrupted.getMessage());
                yield ExitStatus.INTERNAL.code();
            }
            default -> {
                // Not before it is needed: logging is slow to set up.
                LoggerFactory.getLogger(Cachewright.class).error("internal error", error);
                console.say("cachewright: internal error: "
                        + error.getClass().getSimpleName()
                        + (error.getMessage() == null ? "" : ": " + oneLine(error.getMessage()))
                        + " (set CACHEWRIGHT_LOG=debug for details)");
                yield ExitStatus.INTERNAL.code();
            }
        };
    }

    private static String oneLine(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
