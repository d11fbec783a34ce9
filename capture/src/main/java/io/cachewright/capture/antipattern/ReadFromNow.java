package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import java.util.Set;

/// `XREAD … $` by one client, again and again.
@AutoService(AntiPattern.class)
public final class ReadFromNow implements AntiPattern {

    @Override
    public Facts facts() {
        return new Facts(
                "P2",
                Severity.CORRUPTS,
                "a stream is read from $ in a loop: what arrives between two reads is lost",
                "go on from the last id that was read, or use a consumer group",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("XREAD");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Client, Observed> latest = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.has("$", 2)) {
                    return;
                }
                Observed earlier = latest.replace(command.client(), command);
                if (earlier != null) {
                    seen.add(Cost.NONE, earlier, command);
                }
            }
        };
    }
}
