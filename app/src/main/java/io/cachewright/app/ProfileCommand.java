package io.cachewright.app;

import io.cachewright.optimizer.report.Renderer;
import io.cachewright.optimizer.report.ReportView;
import io.cachewright.optimizer.report.Reporter;
import io.cachewright.sizing.trace.AccessTraceFile;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.study.CaptureStudy;
import io.cachewright.study.SnapshotStudy;
import io.cachewright.study.TraceStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `profile`: what a deployment does or holds, without any judgement.
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = {
            "What a deployment does or holds, without any judgement.",
            "",
            "A server or a bundle: key families, command rates, hit ratio, bytes. An RDB file or an append-only file (or its"
                    + " directory): memory by key family, type, database and time to live, and the biggest keys. MONITOR"
                    + " output or a packet capture (.pcap, .pcapng): commands, hot keys and families with error bounds, bursts,"
                    + " and anti-patterns with the sequence that shows them and what they cost. An access trace: popularity,"
                    + " sizes, times to live, families and bursts."
        },
        footer = {
            "",
            "Examples:",
            "  cachewright profile evidence.zip -o json",
            "  cachewright profile dump.rdb --server valkey-8.1",
            "  cachewright profile dump.rdb --export keys.parquet",
            "  cachewright profile monitor.log",
            "  cachewright profile accesses.csv",
            "  cachewright profile /var/lib/redis/appendonlydir -o html > memory.html"
        })
final class ProfileCommand extends StageCommand {

    @Mixin
    private RequirementsOption requirements = new RequirementsOption();

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    @Mixin
    private KeyExportOption export = new KeyExportOption();

    @Mixin
    private KeyDumpOptions keyDump = new KeyDumpOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private FailOnOption failOn = new FailOnOption();

    ProfileCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        requirements.requirements();
        if (keyDump.isGiven()) {
            Path file = Path.of(target.text().orElse(""));
            return trace(keyDump.read(file, narrator), file, "list of keys", keyDump.notes());
        }
        return switch (input()) {
            case Input.Live _, Input.Bundle _ -> deployment();
            case Input.Snapshot(Path file, var _) -> snapshot(file);
            case Input.Capture(Path file) -> capture(file);
            case Input.Accesses(Path file) -> {
                narrator.say("reading " + file);
                yield trace(AccessTraceFile.read(file), file, "access trace", List.of());
            }
        };
    }

    private int deployment() {
        ReportView view = Reporter.report(planned(evidence(), requirements)).profileOnly();
        console().result(Renderer.render(view, output.format(), console().colours()));
        return failOn.status(view).code();
    }

    private int snapshot(Path file) throws IOException {
        output.show(
                SnapshotStudy.view(export.report(file, snapshots.settings(narrator, file)), Version.text()), console());
        return ExitStatus.FINE.code();
    }

    private int trace(Trace trace, Path file, String kind, List<String> notes) {
        output.show(TraceStudy.view(trace, file.toString(), kind, notes, Version.text()), console());
        return ExitStatus.FINE.code();
    }

    private int capture(Path file) throws IOException {
        output.show(CaptureStudy.view(CaptureFiles.open(file, narrator), file.toString(), Version.text()), console());
        return ExitStatus.FINE.code();
    }
}
