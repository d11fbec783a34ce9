package io.cachewright.optimizer.prove;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.prove.PairedRuns.Outcome;
import io.cachewright.optimizer.prove.practice.Job;
import io.cachewright.optimizer.prove.practice.JobPair;
import io.cachewright.optimizer.prove.practice.PracticeTrial;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/// Puts both ways of doing a job on two shadows.
final class PracticeComparison {

    private final ShadowHost host;
    private final PairedRuns runs;

    PracticeComparison(ShadowHost host, PairedRuns runs) {
        this.host = host;
        this.runs = runs;
    }

    static Optional<PracticeTrial> trialOf(Practice practice) {
        return ServiceLoader.load(PracticeTrial.class, PracticeTrial.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(trial -> trial.practice() == practice)
                .findFirst();
    }

    Measured compare(JobPair jobs, Expectation expectation, long deadlineNanos) {
        try (RedisServer today = host.start(
                        jobs.today().parameters(), jobs.today().fill().iterator());
                RedisServer better = host.start(
                        jobs.better().parameters(), jobs.better().fill().iterator())) {
            boolean isBound = Cores.bindServers(today, better);
            WireConnection toToday = today.connect();
            WireConnection toBetter = better.connect();
            Job before = jobs.today().job();
            Job after = jobs.better().job();
            JobPace pace = JobPace.of(List.of(before, after), List.of(toToday, toBetter));
            try (JobArm baseline = new JobArm(before, toToday, new ServerMeter(today.connect()), pace);
                    JobArm candidate = new JobArm(after, toBetter, new ServerMeter(better.connect()), pace)) {
                Outcome outcome = runs.compare(baseline, candidate, expectation, deadlineNanos);
                String seen = jobs.reader()
                        .map(reader -> "; " + Readers.compare(reader, jobs, today, better))
                        .orElse("");
                Judgement judgement = outcome.judgement();
                return new Measured(
                        new Judgement(
                                judgement.verdict(),
                                judgement.comparisons(),
                                judgement.reason() + seen,
                                judgement.settled()),
                        String.format(
                                Locale.ROOT,
                                "%s; job: %s, due %,d times a second on one connection over a Unix socket, every"
                                        + " round trip counted; %d pairs of %d timed and %d rushed jobs in random order%s",
                                host.description(),
                                jobs.description(),
                                Math.round(1e9 / pace.intervalNanos()),
                                outcome.pairs(),
                                pace.timed(),
                                pace.rushed(),
                                isBound ? ", servers bound to one core" : ""));
            }
        }
    }
}
