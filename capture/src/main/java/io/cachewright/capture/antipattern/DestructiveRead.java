package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a script pops, and adds later within an `if`.
@AutoService(AntiPattern.class)
public final class DestructiveRead implements AntiPattern {

    private static final Pattern POP =
            Pattern.compile("(?i)p?call\\(\\s*['\"](ZPOPMAX|ZPOPMIN|LPOP|RPOP|SPOP|GETDEL)['\"]");
    private static final Pattern ADD = Pattern.compile("(?i)p?call\\(\\s*['\"](ZADD|LPUSH|RPUSH|SADD|SET)['\"]");
    private static final Pattern IF = Pattern.compile("\\bif\\b");

    private static boolean isDestructive(String text) {
        Matcher pop = POP.matcher(text);
        if (!pop.find()) {
            return false;
        }
        Matcher condition = IF.matcher(text);
        Matcher add = ADD.matcher(text);
        return condition.find(pop.end()) && add.find(condition.end());
    }

    @Override
    public Facts facts() {
        return new Facts(
                "C6",
                Severity.CORRUPTS,
                "a script takes an element out and puts it back only under a condition: otherwise it is gone",
                "compare first, then change; never pop to look",
                1);
    }

    @Override
    public Set<String> commands() {
        return ScriptTexts.COMMANDS;
    }

    @Override
    public Detector start(Sightings seen) {
        return ScriptTexts.detector(DestructiveRead::isDestructive, seen);
    }
}
