package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.apply.Applier;
import io.cachewright.optimizer.apply.ChangeRecord;
import io.cachewright.optimizer.report.JsonReport;
import io.cachewright.optimizer.report.ReportView;
import io.cachewright.optimizer.report.Reporter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `apply`: carries out the parameter and ACL changes of a plan that take effect at once.
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Carries out the parameter and ACL changes of a plan that need no restart; everything else is for people.",
            "Refuses when a value is no longer what the plan saw, verifies each change, and keeps a record for undo."
        },
        footer = {
            "",
            "Examples:",
            "  cachewright apply redis://cache:6379 --from cachewright-out/report.json --only 2,5 --dry-run",
            "  cachewright apply redis://cache:6379 --from cachewright-out/report.json --only 2,5"
        })
final class ApplyCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(paramLabel = "TARGET", description = "The server that the plan is about.")
    private String target = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "REPORT",
            description = "The JSON report that holds the plan.")
    private Path report = Path.of("");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NUMBER",
            description = "Only these recommendations, by number; all that still stand when left out.")
    private List<Integer> only = List.of();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Where the record for undo goes (default: changes-<time>.json).")
    private @Nullable Path record;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean isDryRun;

    ApplyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Console console = surroundings.console();
        ReportView view = JsonReport.read(InputFiles.text(report), report.toString());
        List<Change> wanted = wanted(view);
        List<Change> automatic = wanted.stream().filter(Applier::isAutomatic).toList();
        if (automatic.isEmpty()) {
            throw new InvalidInput(report.toString(), List.of("holds no change that can be applied without people"));
        }
        automatic.forEach(change -> console.say((isDryRun ? "would set " : "about to set ") + told(change)));
        if (isDryRun) {
            return ExitStatus.FINE.code();
        }
        try (Stores stores = Stores.of(target, surroundings)) {
            Path file = record == null ? Path.of("changes-" + System.currentTimeMillis() + ".json") : record;
            ChangeRecord done = new Applier(InstantSource.system()).apply(automatic, stores::at, file);
            console.say(done.entries().size() + " change(s) made and verified; undo with: cachewright undo "
                    + target(stores) + " --record " + file);
            console.result(file + "\n");
            return ExitStatus.FINE.code();
        }
    }

    private static String told(Change change) {
        return switch (change) {
            case Change.SetParameter set ->
                set.node() + " " + set.name() + " from '" + set.oldValue() + "' to '" + set.newValue() + "'";
            case Change.SetAcl acl -> acl.node() + " rights of user " + acl.user() + ": " + acl.rule();
            case Change.SetHost _,
                    Change.SetTimeToLive _,
                    Change.Remodel _,
                    Change.ChangeClient _,
                    Change.ChangeTopology _ -> change.subject() + " to " + change.outcome();
        };
    }

    private static String target(Stores stores) {
        return stores.target().toString();
    }

    private List<Change> wanted(ReportView view) {
        List<Integer> unknown = only.stream()
                .filter(number -> view.recommendations().stream().noneMatch(r -> r.number() == number))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidInput("--only", List.of("the plan has no recommendation " + unknown.getFirst()));
        }
        Stream<ReportView.Recommendation> chosen = view.recommendations().stream()
                .filter(r -> only.isEmpty() ? r.withdrawn() == null : only.contains(r.number()));
        return chosen.flatMap(r -> r.changes().stream())
                .flatMap(change -> Reporter.automaticChange(change).stream())
                .distinct()
                .toList();
    }
}
