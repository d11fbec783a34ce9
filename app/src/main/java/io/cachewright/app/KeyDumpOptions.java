package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.KeyDump;
import io.cachewright.sizing.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Traces that are nothing but binary keys say nothing of themselves, so the user says how to read them.
final class KeyDumpOptions {

    @Option(
            names = "--keys-as",
            paramLabel = "FORM",
            converter = KeyDumpConverter.class,
            completionCandidates = KeyDumpConverter.Names.class,
            description = "The file is nothing but keys, each a binary number: ${COMPLETION-CANDIDATES}.")
    private @Nullable KeyDump form;

    @Option(
            names = "--value-bytes",
            paramLabel = "COUNT",
            defaultValue = "100",
            description = "With --keys-as: bytes of each value (default: ${DEFAULT-VALUE}).")
    private int valueBytes = 100;

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            defaultValue = "1000",
            description = "With --keys-as: accesses a second (default: ${DEFAULT-VALUE}).")
    private double rate = 1_000;

    /// Whether the file is to be read so.
    boolean isGiven() {
        return form != null;
    }

    /// Only where [#isGiven].
    Trace read(Path file, Narrator narrator) throws IOException {
        if (!Files.exists(file)) {
            throw new InvalidInput(file.toString(), List.of("there is no such file"));
        }
        narrator.say("reading " + file);
        return Objects.requireNonNull(form).read(file, AccessShape.uniform(rate, valueBytes));
    }

    List<String> notes() {
        return List.of("the file tells keys only: values are taken to be " + valueBytes
                + " bytes, and accesses to come " + rate + " times a second");
    }
}
