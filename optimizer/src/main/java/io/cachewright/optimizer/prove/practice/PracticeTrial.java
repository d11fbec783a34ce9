package io.cachewright.optimizer.prove.practice;

import io.cachewright.optimizer.advice.Practice;

/// How a practice is tried on a shadow. One file a practice: annotate it with `@AutoService(PracticeTrial.class)`,
/// nothing else is edited.
public interface PracticeTrial {

    Practice practice();

    /// Both ways of doing the job, at these sizes.
    JobPair jobs(Sizes sizes);
}
