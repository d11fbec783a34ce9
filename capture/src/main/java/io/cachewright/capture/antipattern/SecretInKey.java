package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;
import java.util.regex.Pattern;

/// Access keys, signed tokens, long tokens of sessions and addresses of people in names.
@AutoService(AntiPattern.class)
public final class SecretInKey implements AntiPattern {

    private static final Pattern SECRET = Pattern.compile("AKIA[0-9A-Z]{16}"
            + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}"
            + "|sk_live_[A-Za-z0-9]{8,}"
            + "|(?i:token|session|sess|apikey|api_key|auth|jwt|bearer)[:._-][A-Za-z0-9+/_=-]{24,}"
            + "|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z]{2,}");

    @Override
    public Facts facts() {
        return new Facts(
                "S1",
                Severity.SECURITY,
                "names of keys hold secrets, which show in MONITOR, the slow log and every list of keys",
                "a keyed hash (HMAC) of the secret in the name",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of("GET", "SET", "HGETALL", "HGET", "HSET", "EXISTS", "DEL", "EXPIRE", "SETEX", "GETEX", "INCR");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final NamePattern secret = new NamePattern(SECRET);

            @Override
            public void on(Observed command) {
                if (command.hasKey() && secret.isIn(command.key())) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}
