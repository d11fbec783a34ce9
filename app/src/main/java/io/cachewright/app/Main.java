package io.cachewright.app;

import java.util.Map;

/// The entry point of the command line.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(HiddenArguments.or(args, System.getenv()), Console.system(System.getenv()), System.getenv()));
    }

    /// Runs one command line in this process and returns its exit status; tests call it too.
    static int run(String[] args, Console console, Map<String, String> environment) {
        return Cachewright.commandLine(console, environment, args).execute(args);
    }
}
