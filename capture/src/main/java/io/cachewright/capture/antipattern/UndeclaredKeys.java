package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CommandTable;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A call in the text of a script whose first key is a literal or an element of ARGV.
@AutoService(AntiPattern.class)
public final class UndeclaredKeys implements AntiPattern {

    private static final Pattern CALL = Pattern.compile("(?i)p?call\\(\\s*['\"]([a-z]+)['\"]\\s*,\\s*(['\"]|ARGV\\b)");

    private static boolean isUndeclared(String text) {
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            boolean hasKey = CommandTable.named(call.group(1).toUpperCase(Locale.ROOT))
                    .map(spec -> !spec.keys(Arguments.of(spec.name(), "a", "b", "c", "d"))
                            .isEmpty())
                    .orElse(false);
            if (hasKey) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Facts facts() {
        return new Facts(
                "X1",
                Severity.CORRUPTS,
                "a script touches keys that it does not declare: in a cluster, and for replicas, the "
                        + "server cannot know them",
                "every key in KEYS, parameters in ARGV, one hash tag for keys that belong together",
                1);
    }

    @Override
    public Set<String> commands() {
        return ScriptTexts.COMMANDS;
    }

    @Override
    public Detector start(Sightings seen) {
        return ScriptTexts.detector(UndeclaredKeys::isUndeclared, seen);
    }
}
