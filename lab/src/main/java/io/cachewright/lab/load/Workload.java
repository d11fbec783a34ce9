package io.cachewright.lab.load;

import java.util.Iterator;

/// Which command is due when. The same workload opened twice gives the same commands at the same times, so that a
/// baseline and a candidate see one load.
public interface Workload {

    /// How many connections its commands are spread over.
    int connections();

    /// The commands in order of their due time; may be endless, a run is bounded by its own duration.
    Iterator<TimedCommand> open();
}
