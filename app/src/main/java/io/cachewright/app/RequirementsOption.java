package io.cachewright.app;

import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.RequirementsFile;
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
        return RequirementsFile.read(InputFiles.text(file), file.toString());
    }
}
