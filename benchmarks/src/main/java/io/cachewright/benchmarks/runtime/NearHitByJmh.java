package io.cachewright.benchmarks.runtime;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.benchmarks.runtime.NearHitRunner.Asking;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The hits of [NearHit] by JMH, one subject after the other: a check of that benchmark's own way of measuring, whose
/// subjects take turns.
@AutoService(Benchmark.class)
public final class NearHitByJmh implements Benchmark {

    @Override
    public String name() {
        return "near-hit-jmh";
    }

    @Override
    public String summary() {
        return "the same by JMH, one subject after the other; `quick` leaves the clients out";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws Exception {
        String[] subjects =
                NearHitSubject.chosenBy(arguments).stream().map(Enum::name).toArray(String[]::new);
        for (Asking asking : Asking.values()) {
            Map<NearHitSubject, Result<?>> hits = new EnumMap<>(NearHitSubject.class);
            run(subjects, asking)
                    .forEach(run -> hits.put(
                            NearHitSubject.valueOf(run.getParams().getParam("subject")), run.getPrimaryResult()));
            double caffeine = score(hits, NearHitSubject.CAFFEINE);
            result.printf("%n%s%n%n| ns a call | | times Caffeine |%n|---|---|---|%n", asking.title);
            hits.forEach((subject, hit) -> result.printf(
                    Locale.ROOT,
                    "| %s | %.1f ± %.1f | %.1f |%n",
                    subject.title,
                    hit.getScore(),
                    hit.getScoreError(),
                    hit.getScore() / caffeine));
        }
    }

    private static double score(Map<NearHitSubject, Result<?>> hits, NearHitSubject subject) {
        Result<?> hit = hits.get(subject);
        return hit == null ? Double.NaN : hit.getScore();
    }

    private static List<RunResult> run(String[] subjects, Asking asking) throws Exception {
        return List.copyOf(new Runner(new OptionsBuilder()
                        .include(NearHitState.class.getName())
                        .param("subject", subjects)
                        .param("asking", asking.name())
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .timeout(new TimeValue(1, TimeUnit.MINUTES))
                        .build())
                .run());
    }
}
