package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.ChangeScript;
import io.cachewright.optimizer.advice.ServerNode;
import io.cachewright.optimizer.bundle.EvidenceBundle;
import io.cachewright.optimizer.prove.Proofs;
import io.cachewright.optimizer.recommend.Plan;
import io.cachewright.optimizer.report.Renderer;
import io.cachewright.optimizer.report.Renderer.Format;
import io.cachewright.optimizer.report.Report;
import io.cachewright.optimizer.report.ReportView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a whole run leaves its files: the report in every form, the evidence, and the scripts that apply and undo.
record OutputDirectory(Path path) {

    void write(Report report, ReportView view) {
        try {
            Files.createDirectories(path);
            EvidenceBundle.write(report.evidence(), path.resolve("evidence.zip"));
            Files.writeString(path.resolve("report.txt"), Renderer.render(view, Format.TEXT, false));
            Files.writeString(path.resolve("report.json"), Renderer.render(view, Format.JSON, false));
            Files.writeString(path.resolve("report.html"), Renderer.render(view, Format.HTML, false));
            ChangeScript script = script(report);
            Files.writeString(path.resolve("apply.sh"), script.toShell());
            Files.writeString(path.resolve("undo.sh"), script.toShellUndo());
        } catch (IOException e) {
            throw new InvalidInput(path.toString(), List.of("cannot be written: " + e.getMessage()));
        }
    }

    /// The changes that still stand, in the plan's order of application.
    private static ChangeScript script(Report report) {
        List<Plan.Recommendation> withdrawn = Proofs.withdrawn(report.plan(), report.proofs());
        List<Change> changes = report.plan().steps().stream()
                .map(step -> report.plan().recommendations().get(step.recommendation() - 1))
                .filter(recommendation -> !withdrawn.contains(recommendation))
                .flatMap(recommendation -> recommendation.remedy().changes().stream())
                .toList();
        List<ServerNode> nodes = report.evidence().nodes().stream()
                .map(node -> new ServerNode(node.address(), node.version().toOptional(), node.isReplica()))
                .toList();
        return ChangeScript.of(changes, nodes);
    }
}
