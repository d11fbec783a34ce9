package io.cachewright.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// Lists the benchmarks, or runs one.
public final class Benchmarks {

    private static final int USAGE = 2;

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        List<Benchmark> all = ServiceLoader.load(Benchmark.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Benchmark::name))
                .toList();
        if (arguments.length == 0) {
            all.forEach(benchmark -> System.out.printf("%-24s %s%n", benchmark.name(), benchmark.summary()));
            return;
        }
        Optional<Benchmark> chosen = all.stream()
                .filter(benchmark -> benchmark.name().equals(arguments[0]))
                .findFirst();
        if (chosen.isEmpty()) {
            System.err.println("there is no benchmark " + arguments[0] + "; there are: "
                    + String.join(", ", all.stream().map(Benchmark::name).toList()));
            System.exit(USAGE);
        } else {
            chosen.get().run(List.of(arguments).subList(1, arguments.length), System.out);
        }
    }
}
