package io.cachewright.app;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where a run writes: results to `out`, narration to `err`.
///
/// @param colours whether results go to a terminal that shows colours
/// @param live whether narration goes to a terminal, so that a line can be written over
record Console(PrintWriter out, PrintWriter err, boolean colours, boolean live) {

    /// Colours only on a terminal, never with `NO_COLOR` (any value) or `TERM=dumb`; `CLICOLOR_FORCE` overrides.
    static Console system(Map<String, String> environment) {
        java.io.Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        boolean wanted = !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
        boolean forced = environment.containsKey("CLICOLOR_FORCE") && wanted;
        return new Console(writer(System.out), writer(System.err), forced || (terminal && wanted), terminal);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    void result(String text) {
        out.print(text);
        out.flush();
    }

    void say(String line) {
        err.println(line);
        err.flush();
    }
}
