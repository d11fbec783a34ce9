package io.cachewright.optimizer.prove;

import io.cachewright.domain.Reading;
import io.cachewright.lab.load.CommandMix;
import io.cachewright.lab.load.CommandMix.Weighted;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.load.Workloads;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.profile.CommandRate;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.profile.WorkloadProfile;
import io.cachewright.optimizer.prove.ProfileFill.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/// A load like that of a profile: its commands at their rates, each on the families of its type, key by key at random.
///
/// A profile tells how often each command is called, not on which keys; they are spread over the families by their
/// numbers of keys. Commands that only administrate, block or delete are left out.
final class ProfileLoad {

    private static final int CONNECTIONS = 4;

    /// A slower load would leave a short run without a command; where no clock matters, more of the same
    /// shows the same.
    private static final double RATE_MIN = 2_000;

    private static final String BATCH = "10";
    private static final int VALUE_BYTES = 16;
    private static final long SEED = 42;

    /// The type of key that a command needs, empty for any, and how it is called.
    private record Form(String type, Call call) {}

    @FunctionalInterface
    private interface Call {
        Command on(String key, int elements, SplittableRandom random);
    }

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("get", new Form("string", (key, _, _) -> Command.of("GET", key))),
            Map.entry("strlen", new Form("string", (key, _, _) -> Command.of("STRLEN", key))),
            Map.entry(
                    "set",
                    new Form(
                            "string",
                            (key, length, random) ->
                                    Command.of("SET", key, ProfileFill.digits(random.nextInt(1_000), length)))),
            Map.entry(
                    "setex",
                    new Form(
                            "string",
                            (key, length, random) -> Command.of(
                                    "SETEX", key, "3600", ProfileFill.digits(random.nextInt(1_000), length)))),
            Map.entry("exists", new Form("", (key, _, _) -> Command.of("EXISTS", key))),
            Map.entry("ttl", new Form("", (key, _, _) -> Command.of("TTL", key))),
            Map.entry("expire", new Form("", (key, _, _) -> Command.of("EXPIRE", key, "3600"))),
            Map.entry("pexpire", new Form("", (key, _, _) -> Command.of("PEXPIRE", key, "3600000"))),
            Map.entry("hget", new Form("hash", (key, count, random) -> Command.of("HGET", key, field(count, random)))),
            Map.entry(
                    "hmget",
                    new Form(
                            "hash",
                            (key, count, random) -> Command.of(
                                    "HMGET", key, field(count, random), field(count, random), field(count, random)))),
            Map.entry("hgetall", new Form("hash", (key, _, _) -> Command.of("HGETALL", key))),
            Map.entry("hlen", new Form("hash", (key, _, _) -> Command.of("HLEN", key))),
            Map.entry(
                    "hset",
                    new Form(
                            "hash",
                            (key, count, random) -> Command.of(
                                    "HSET",
                                    key,
                                    field(count, random),
                                    ProfileFill.digits(random.nextInt(1_000), VALUE_BYTES)))),
            Map.entry(
                    "zadd",
                    new Form(
                            "zset",
                            (key, count, random) -> Command.of(
                                    "ZADD", key, Integer.toString(random.nextInt(1_000_000)), member(count, random)))),
            Map.entry("zrange", new Form("zset", (key, _, _) -> Command.of("ZRANGE", key, "0", BATCH))),
            Map.entry("zrevrange", new Form("zset", (key, _, _) -> Command.of("ZREVRANGE", key, "0", BATCH))),
            Map.entry(
                    "zrangebyscore",
                    new Form(
                            "zset",
                            (key, _, _) -> Command.of("ZRANGEBYSCORE", key, "-inf", "+inf", "LIMIT", "0", BATCH))),
            Map.entry(
                    "zscore",
                    new Form("zset", (key, count, random) -> Command.of("ZSCORE", key, member(count, random)))),
            Map.entry("zcard", new Form("zset", (key, _, _) -> Command.of("ZCARD", key))),
            Map.entry("lrange", new Form("list", (key, _, _) -> Command.of("LRANGE", key, "0", BATCH))),
            Map.entry("llen", new Form("list", (key, _, _) -> Command.of("LLEN", key))),
            Map.entry("smembers", new Form("set", (key, _, _) -> Command.of("SMEMBERS", key))),
            Map.entry(
                    "sismember",
                    new Form("set", (key, count, random) -> Command.of("SISMEMBER", key, member(count, random)))),
            Map.entry("scard", new Form("set", (key, _, _) -> Command.of("SCARD", key))),
            Map.entry(
                    "xadd",
                    new Form(
                            "stream",
                            (key, count, random) -> Command.of(
                                    "XADD",
                                    key,
                                    "MAXLEN",
                                    "~",
                                    Integer.toString(count),
                                    "*",
                                    "v",
                                    ProfileFill.digits(random.nextInt(1_000), VALUE_BYTES)))),
            Map.entry(
                    "xrevrange",
                    new Form("stream", (key, _, _) -> Command.of("XREVRANGE", key, "+", "-", "COUNT", BATCH))),
            Map.entry("xlen", new Form("stream", (key, _, _) -> Command.of("XLEN", key))),
            Map.entry("ping", new Form("", (_, _, _) -> Command.of("PING"))));

    private final Workload workload;
    private final String description;

    private ProfileLoad(Workload workload, String description) {
        this.workload = workload;
        this.description = description;
    }

    /// Unavailable when the profile lacks rates or families, or has no command that can be modelled.
    static Reading<ProfileLoad> of(WorkloadProfile profile, ProfileFill fill) {
        return profile.commands()
                .flatMap(commands -> profile.families().flatMap(families -> of(commands, families, fill)));
    }

    Workload workload() {
        return workload;
    }

    String description() {
        return description;
    }

    private static Reading<ProfileLoad> of(List<CommandRate> commands, List<KeyFamily> families, ProfileFill fill) {
        List<Weighted> kinds = new ArrayList<>();
        double modelled = 0;
        double all = 0;
        for (CommandRate command : commands) {
            all += command.callsPerSecond();
            Optional<Function<SplittableRandom, Command>> source =
                    Optional.ofNullable(FORMS.get(command.name())).flatMap(form -> source(form, families, fill));
            if (source.isPresent() && command.callsPerSecond() > 0) {
                kinds.add(new Weighted(command.name(), command.callsPerSecond(), source.get()));
                modelled += command.callsPerSecond();
            }
        }
        if (kinds.isEmpty()) {
            return Reading.unavailable(
                    Reading.Cause.NOT_COLLECTED, "none of the commands in the window could be modelled");
        }
        double rate = Math.max(RATE_MIN, modelled);
        return Reading.known(new ProfileLoad(
                Workloads.poisson(rate, CONNECTIONS, CommandMix.weighted(kinds), SEED),
                String.format(
                        Locale.ROOT,
                        "modelled from the profile (%d commands, %.0f %% of the calls%s), data at %.3g of its size",
                        kinds.size(),
                        100 * modelled / all,
                        rate > modelled ? String.format(Locale.ROOT, ", %.0f times as fast", rate / modelled) : "",
                        fill.scale())));
    }

    /// Empty when no family has keys of the form's type.
    private static Optional<Function<SplittableRandom, Command>> source(
            Form form, List<KeyFamily> families, ProfileFill fill) {
        List<KeyFamily> fitting = families.stream()
                .filter(family -> form.type().isEmpty()
                        || family.sampled().stream().allMatch(key -> key.type().equals(form.type())))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        int total = fitting.stream().mapToInt(fill::keys).sum();
        return Optional.of(random -> {
            int at = random.nextInt(total);
            int chosen = 0;
            while (at >= fill.keys(fitting.get(chosen))) {
                at -= fill.keys(fitting.get(chosen));
                chosen++;
            }
            KeyFamily family = fitting.get(chosen);
            return form.call()
                    .on(ProfileFill.key(family, at), ProfileFill.elements(ProfileFill.sample(family, at)), random);
        });
    }

    private static String field(int count, SplittableRandom random) {
        return Element.field(random.nextInt(count));
    }

    private static String member(int count, SplittableRandom random) {
        return Element.member(random.nextInt(count), VALUE_BYTES);
    }
}
