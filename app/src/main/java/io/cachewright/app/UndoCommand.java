package io.cachewright.app;

import io.cachewright.optimizer.apply.Applier;
import io.cachewright.optimizer.apply.ChangeRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `undo`: puts back everything that a record names.
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = "Puts back everything that `apply` changed, last change first, and verifies it.",
        footer = {"", "Example:", "  cachewright undo redis://cache:6379 --record changes-1771234567890.json"})
final class UndoCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(paramLabel = "TARGET", description = "The server that was changed.")
    private String target = "";

    @Option(names = "--record", required = true, paramLabel = "FILE", description = "The record that `apply` wrote.")
    private Path record = Path.of("");

    UndoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        InputFiles.text(record);
        try (Stores stores = Stores.of(target, surroundings)) {
            ChangeRecord undone = new Applier(InstantSource.system()).undo(record, stores::at);
            surroundings.console().say(undone.entries().size() + " change(s) put back and verified");
            return ExitStatus.FINE.code();
        }
    }
}
