package io.cachewright.lab.scenario;

import io.cachewright.lab.scenario.PlantedMistake.Group;
import java.util.List;

/// What is wrong with [MarketOpen], and where it shows.
final class MarketOpenMistakes {

    static final List<PlantedMistake> ALL = List.of(
            planted("MEM-01", Group.MEMORY, "no maxmemory", "CONFIG GET maxmemory is 0"),
            planted(
                    "MEM-17",
                    Group.MEMORY,
                    "hash-max-listpack-entries 2048 with books of more than 1,000 levels: each HSET walks them",
                    "OBJECT ENCODING levels:* is listpack, HLEN above 1,000, HSET costs many µs a call"),
            planted("LAT-03", Group.LATENCY, "the latency monitor is off", "CONFIG GET latency-monitor-threshold is 0"),
            planted("PER-06", Group.PERSISTENCE, "every write waits for the disk", "CONFIG GET appendfsync is always"),
            planted(
                    "PER-02",
                    Group.PERSISTENCE,
                    "the save schedule forks every 15 s at market rates, beside an append-only file",
                    "CONFIG GET save is 15 500; rdb_saves rises within a minute"),
            planted(
                    "CON-05",
                    Group.CONNECTIONS,
                    "dead and forgotten connections are never closed",
                    "CONFIG GET timeout and tcp-keepalive are 0; CLIENT LIST shows idle clients"),
            planted(
                    "CON-06",
                    Group.CONNECTIONS,
                    "a client connects anew for each request",
                    "total_connections_received rises by 200 a second, connected_clients does not"),
            planted(
                    "LAT-03b",
                    Group.LATENCY,
                    "the slow log keeps only what takes a second",
                    "CONFIG GET slowlog-log-slower-than is 1000000"),
            planted("SEC-01", Group.SECURITY, "no password", "ACL LIST: user default has nopass"),
            planted(
                    "TRD-S1",
                    Group.SECURITY,
                    "session tokens and API keys are in key names",
                    "key names session:<token> and apikey:<key>:quota"),
            planted(
                    "TRD-S2",
                    Group.SECURITY,
                    "reference data is Java-serialised",
                    "values of refdata:* start with the bytes AC ED"),
            planted("KEY-02", Group.KEYSPACE, "one hash holds every client", "HLEN clients:all is 20,000"),
            planted("KEY-03", Group.KEYSPACE, "one list holds every audit event", "LLEN audit:events is 100,000"),
            planted(
                    "KEY-05",
                    Group.KEYSPACE,
                    "one sorted set holds the archive of trades",
                    "ZCARD trades:archive is 80,000; it takes over 10 MB"),
            planted(
                    "TRD-K1",
                    Group.KEYSPACE,
                    "KEYS in the request path",
                    "commandstats: calls of keys rise, thousands of µs each"),
            planted(
                    "TRD-K4",
                    Group.KEYSPACE,
                    "whole books and candle lists are read for a few levels",
                    "commandstats: hgetall and lrange cost tens of µs a call; bytes out"),
            planted(
                    "TRD-E1",
                    Group.TTL_AND_EVICTION,
                    "orders, limits and positions share an instance with market data under allkeys-lru",
                    "CONFIG GET maxmemory-policy; keys order:*, limit:*, position:*"),
            planted(
                    "TRD-T1",
                    Group.TTL_AND_EVICTION,
                    "12,000 keys were given the same lifetime in the same second",
                    "PTTL of refdata:* and quote:* all end within a few seconds"),
            planted(
                    "TRD-M3",
                    Group.TTL_AND_EVICTION,
                    "tickers, orders and the books of expired futures and options never expire",
                    "PTTL is -1 for fut:*, opt:*, ticker:*, order:*; expiry dates in the names are past"),
            planted(
                    "TRD-B2",
                    Group.TRADING,
                    "prices and sizes of a ladder are two keys that are updated apart",
                    "ZCARD ladder:S:bids + asks differs from HLEN ladder:S:sizes"),
            planted(
                    "TRD-B3",
                    Group.TRADING,
                    "sorted-set members are price:quantity",
                    "ZCARD depth:S:bids exceeds its distinct scores"),
            planted("TRD-B4", Group.TRADING, "levels of quantity zero are kept", "HVALS levels:S:* holds many 0.000"),
            planted(
                    "TRD-B5",
                    Group.TRADING,
                    "books are never trimmed",
                    "HLEN levels:S:* is far above the 500 levels of the feed"),
            planted(
                    "TRD-B6",
                    Group.TRADING,
                    "whole books are rewritten as JSON on every change",
                    "STRLEN book:S is over 10 KB; network bytes in per command"),
            planted(
                    "TRD-B8",
                    Group.TRADING,
                    "values carry neither sequence nor time",
                    "GET ticker:S is a bare price; book:S has no seq or ts attribute"),
            planted(
                    "TRD-N1",
                    Group.TRADING,
                    "positions are added up as floats",
                    "commandstats: incrbyfloat is called; values of position:* have fractions"),
            planted(
                    "TRD-N2",
                    Group.TRADING,
                    "the time is packed in the fraction of a price score",
                    "scores of orderqueue:S have 15 and more digits"),
            planted("TRD-N3", Group.TRADING, "nanosecond timestamps are scores", "scores of trades:S are above 2^53"),
            planted(
                    "TRD-N4",
                    Group.TRADING,
                    "prices are members of a time series",
                    "members of mid:S are numbers; ZCARD is far below the number of writes"),
            planted(
                    "TRD-M1",
                    Group.TRADING,
                    "tapes and streams have no cap",
                    "XLEN tape:S and ZCARD trades:S grow with every trade"),
            planted(
                    "TRD-M2",
                    Group.TRADING,
                    "trades are JSON members of a sorted set",
                    "members of trades:S start with {"));

    private MarketOpenMistakes() {}

    private static PlantedMistake planted(String id, Group group, String what, String evidence) {
        return new PlantedMistake(id, group, what, evidence);
    }
}
