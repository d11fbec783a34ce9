package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.RequirementsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--requirements` and `--set`: what the users need; what is given in neither stays unknown.
final class RequirementsOption {

    @Option(
            names = {"-r", "--requirements"},
            paramLabel = "FILE",
            defaultValue = "${env:CACHEWRIGHT_REQUIREMENTS}",
            description = "A YAML file with volumes, latency budget, RPO and the like; what it leaves out is unknown.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One requirement, over the file's; for example --set rpo=0s --set latency-budget=1ms.")
    private List<String> settings = new ArrayList<>();

    Requirements requirements() {
        return fromFile().overriddenBy(RequirementsFile.readSettings(settings, "--set"));
    }

    private Requirements fromFile() {
        if (file == null) {
            return Requirements.unknown();
        }
        try {
            return RequirementsFile.read(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new InvalidInput(file.toString(), List.of("cannot be read as text"));
        }
    }
}
