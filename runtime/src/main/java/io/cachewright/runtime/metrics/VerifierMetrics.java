package io.cachewright.runtime.metrics;

import io.cachewright.runtime.Verification;
import io.cachewright.runtime.Verifier;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/// What one verifier has found.
///
/// | Meter | Tags | |
/// |---|---|---|
/// | `cachewright.verifier.checks` | `cache`, `result` = `consistent`, `in_flight`, `stale`, `unverifiable` | samples |
/// | `cachewright.verifier.source.mismatches` | `cache` | the server differed from the source |
/// | `cachewright.verifier.nines` | `cache` | consistency with 95 % confidence: 3 is one stale in 1,000 at most |
public final class VerifierMetrics implements MeterBinder {

    private final Verifier<?> verifier;

    public VerifierMetrics(Verifier<?> verifier) {
        this.verifier = verifier;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        checks("consistent", registry, Verification::consistent);
        checks("in_flight", registry, Verification::inFlight);
        checks("stale", registry, Verification::stale);
        checks("unverifiable", registry, Verification::unverifiable);
        FunctionCounter.builder(
                        "cachewright.verifier.source.mismatches",
                        verifier,
                        each -> each.found().sourceMismatches())
                .tag("cache", verifier.found().name())
                .description("the server differed from the source")
                .register(registry);
        Gauge.builder(
                        "cachewright.verifier.nines",
                        verifier,
                        each -> each.found().nines().orElse(Double.NaN))
                .tag("cache", verifier.found().name())
                .description("consistency with 95 % confidence")
                .register(registry);
    }

    private void checks(String result, MeterRegistry registry, ToDoubleFunction<Verification> count) {
        FunctionCounter.builder("cachewright.verifier.checks", verifier, each -> count.applyAsDouble(each.found()))
                .tags("cache", verifier.found().name(), "result", result)
                .description("samples compared with the server")
                .register(registry);
    }
}
