package io.cachewright.benchmarks;

import java.io.PrintStream;
import java.util.List;

/// A measurement that can be run by its name.
public interface Benchmark {

    /// As typed on the command line, for example `load-generator`.
    String name();

    /// One line for the list of benchmarks.
    String summary();

    /// Measures, and prints the result as Markdown; what happens meanwhile goes to standard error.
    void run(List<String> arguments, PrintStream result) throws Exception;
}
