package io.cachewright.study;

import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.CommandSpec;
import io.cachewright.capture.command.CommandTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/// How long each command took, where the capture shows its answer.
final class CommandLatencies implements Consumer<CapturedCommand> {

    /// The table knows fewer; a command of a module has no entry of its own.
    private static final int NAMES_MAX = 400;

    private final Map<String, Histogram> byName = new HashMap<>();

    @Override
    public void accept(CapturedCommand command) {
        CommandSpec spec = CommandTable.lookUp(command.arguments());
        if (spec == null || command.answer().isEmpty()) {
            return;
        }
        if (byName.size() < NAMES_MAX || byName.containsKey(spec.name())) {
            byName.computeIfAbsent(spec.name(), _ -> autoResizing())
                    .recordValue(Math.max(0, command.answer().get().serviceNanos()));
        }
    }

    Optional<CaptureView.Latency> of(String name) {
        return Optional.ofNullable(byName.get(name))
                .map(histogram -> new CaptureView.Latency(
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(99),
                        histogram.getMaxValue(),
                        histogram.getTotalCount()));
    }

    private static Histogram autoResizing() {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        return histogram;
    }
}
