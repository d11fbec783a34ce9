package io.cachewright.lab.load;

import io.cachewright.lab.wire.Command;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Which command comes next, drawn by chance: from the same seed, the same commands.
@FunctionalInterface
public interface CommandMix {

    /// A command and the operation it is counted under.
    record Drawn(String operation, Command command) {}

    /// One of several kinds of commands; it comes up in proportion to its weight.
    record Weighted(String operation, double weight, Function<SplittableRandom, Command> commands) {
        public Weighted {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("the weight of " + operation + " must be positive, was " + weight);
            }
        }
    }

    Drawn next(SplittableRandom random);

    /// One kind of command.
    static CommandMix of(String operation, Function<SplittableRandom, Command> commands) {
        return random -> new Drawn(operation, commands.apply(random));
    }

    /// The same command each time.
    static CommandMix always(String operation, Command command) {
        Drawn drawn = new Drawn(operation, command);
        return _ -> drawn;
    }

    /// Several kinds of commands by weight, for example 80 and 20.
    static CommandMix weighted(List<Weighted> kinds) {
        List<Weighted> copy = List.copyOf(kinds);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("a mix has at least one kind of command");
        }
        double total = copy.stream().mapToDouble(Weighted::weight).sum();
        return random -> {
            double at = random.nextDouble() * total;
            int chosen = 0;
            while (chosen < copy.size() - 1 && at >= copy.get(chosen).weight()) {
                at -= copy.get(chosen).weight();
                chosen++;
            }
            Weighted kind = copy.get(chosen);
            return new Drawn(kind.operation(), kind.commands().apply(random));
        };
    }
}
