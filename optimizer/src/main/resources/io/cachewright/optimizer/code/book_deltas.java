import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A book is one hash: `b<price>` and `a<price>` to quantity, both scaled integers, and `seq`. A batch of changed
/// levels is applied at once, or not at all when one before it is missing.
final class BookDeltas {

    static final String APPLY = """
            local at = redis.call('HGET', KEYS[1], 'seq')
            if at and at ~= ARGV[1] then
              return redis.error_reply('GAP the book is at ' .. at)
            end
            for i = 3, #ARGV, 2 do
              if ARGV[i + 1] == '0' then
                redis.call('HDEL', KEYS[1], ARGV[i])
              else
                redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
              end
            end
            redis.call('HSET', KEYS[1], 'seq', ARGV[2])
            return redis.status_reply('OK')
            """;

    private final RedisCommands<String, String> redis;
    private final String sha;

    BookDeltas(RedisCommands<String, String> redis) {
        this.redis = redis;
        this.sha = redis.scriptLoad(APPLY);
    }

    /// Applies `levels` (`b6168650` → quantity, 0 removes) that lead from `previous` to `sequence`; false when the
    /// stored book is somewhere else and has to be loaded from a snapshot.
    boolean apply(String instrument, long previous, long sequence, Map<String, Long> levels) {
        List<String> arguments = new ArrayList<>(List.of(Long.toString(previous), Long.toString(sequence)));
        levels.forEach((level, quantity) -> {
            arguments.add(level);
            arguments.add(Long.toString(quantity));
        });
        try {
            redis.evalsha(
                    sha,
                    ScriptOutputType.STATUS,
                    new String[] {"md:{" + instrument + "}:l2"},
                    arguments.toArray(String[]::new));
            return true;
        } catch (RedisCommandExecutionException e) {
            if (e.getMessage() != null && e.getMessage().startsWith("GAP")) {
                return false;
            }
            throw e;
        }
    }
}
