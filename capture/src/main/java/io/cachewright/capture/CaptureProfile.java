package io.cachewright.capture;

import io.cachewright.capture.antipattern.AntiPatternWatch;
import io.cachewright.capture.antipattern.Sighting;
import io.cachewright.capture.behaviour.Behaviour;
import io.cachewright.capture.behaviour.BehaviourWatch;
import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.Coverage;
import java.io.IOException;
import java.util.List;

/// What one capture says: how much of it was understood, how the cache is used, and what its clients do wrong.
public record CaptureProfile(String kind, Coverage coverage, Behaviour behaviour, List<Sighting> sightings) {

    public CaptureProfile {
        sightings = List.copyOf(sightings);
    }

    /// Reads the capture once, from its beginning to its end.
    public static CaptureProfile of(Capture capture) throws IOException {
        BehaviourWatch behaviour = new BehaviourWatch();
        AntiPatternWatch antiPatterns = new AntiPatternWatch();
        Coverage coverage = Watchers.read(capture, List.of(behaviour, antiPatterns));
        return new CaptureProfile(capture.kind(), coverage, behaviour.finish(), antiPatterns.finish());
    }
}
