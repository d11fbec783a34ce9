package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import java.util.Set;

/// Values that begin as Java serialisation or pickle do.
@AutoService(AntiPattern.class)
public final class SerialisedObjects implements AntiPattern {

    @Override
    public Facts facts() {
        return new Facts(
                "S2",
                Severity.SECURITY,
                "values are serialised Java or Python objects: who can write them can run code in who " + "reads them",
                "SBE, Protobuf or JSON, with a schema version",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET", "SETEX", "PSETEX", "GETSET", "HSET", "RPUSH", "LPUSH", "MSET", "PUBLISH", "XADD");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            @Override
            public void on(Observed command) {
                Arguments arguments = command.arguments();
                for (int i = 2; i < arguments.count(); i++) {
                    if (Shapes.isSerialised(arguments, i)) {
                        seen.add(Cost.NONE, command);
                        return;
                    }
                }
            }
        };
    }
}
