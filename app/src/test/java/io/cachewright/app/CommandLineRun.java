package io.cachewright.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// One command line, run in this process.
record CommandLineRun(int status, String out, String err) {

    static CommandLineRun of(String... args) {
        return in(Map.of(), args);
    }

    static CommandLineRun in(Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(
                args, new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, false), environment);
        return new CommandLineRun(status, out.toString(), err.toString());
    }
}
