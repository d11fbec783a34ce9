package io.cachewright.domain.keys;

import io.cachewright.domain.UseCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The words by which trading systems name their keys, and how sure each makes us.
///
/// A phrase of two words counts where both stand side by side (`order book` in `l2_batch_order_book`); it outweighs
/// its words, because an order book holds no orders.
enum UseCaseWords {
    TOP_OF_BOOK(
            UseCase.TOP_OF_BOOK,
            0.97,
            "l1,bbo,quote,quotes,tob,nbbo,bookticker,top,best bid,best ask,top of,book ticker"),
    DEPTH(
            UseCase.DEPTH,
            0.88,
            "l2,l3,ladder,book,books,orderbook,orderbooks,depth,bids,asks,levels,order book,buy prices,sell prices,price levels"),
    DEPTH_SIDE(UseCase.DEPTH, 0.6, "bid,ask,snapshot"),
    TAPE(
            UseCase.TAPE,
            0.85,
            "tape,trades,deals,prints,executions,tr,last trade,lasttrade,time sales,agg trade,aggtrade"),
    TAPE_WEAK(UseCase.TAPE, 0.6, "trade,ticks,tick"),
    CANDLES(UseCase.CANDLES, 0.9, "kline,klines,candle,candles,candlestick,ohlc,ohlcv,bars,bar,cdl"),
    CANDLES_WEAK(
            UseCase.CANDLES,
            0.55,
            "k,1s,1m,3m,5m,15m,30m,1h,2h,4h,6h,8h,12h,1d,3d,1w,1min,5min,15min,30min,60min,1day"),
    TICKER(UseCase.TICKER, 0.9, "ticker,tickers,mid prices,mid price,mark price,index price,last price,funding"),
    TICKER_WEAK(UseCase.TICKER, 0.6, "price,prices,px,last,mark,mid,rates,fx,spot,stats"),
    POSITIONS(UseCase.POSITIONS, 0.9, "pos,position,positions,holdings,portfolio,exposure,balances,balance,inventory"),
    POSITIONS_WEAK(UseCase.POSITIONS, 0.55, "account,accounts,acct,wallet,pnl,margin"),
    RISK_LIMITS(
            UseCase.RISK_LIMITS, 0.9, "lim,limit,limits,risk,credit,killswitch,risk limit,position limits,order limit"),
    ORDERS(
            UseCase.ORDERS,
            0.85,
            "ord,order,orders,oms,orderqueue,openorders,open orders,orderid,clordid,fills,execs,cancelled,orderdata"),
    IDEMPOTENCY(UseCase.IDEMPOTENCY, 0.95, "idem,idempotency,idempotent,dedup,dedupe,nonce,request id"),
    FIX_SESSION(
            UseCase.FIX_SESSION,
            0.93,
            "fix,seqnum,seqnums,outseqnum,inseqnum,senderseqnum,targetseqnum,msgseqnum,sendercompid,seq num,fixsession,fix session"),
    RATE_LIMITS(
            UseCase.RATE_LIMITS,
            0.92,
            "rl,throttle,ratelimit,ratelimits,rate limit,rate limiter,weight,quota,api limit"),
    LOCKS(UseCase.LOCKS, 0.93, "lock,locks,mutex,lease,leader,semaphore,redlock"),
    SESSIONS(
            UseCase.SESSIONS,
            0.9,
            "sess,session,sessions,token,tokens,jwt,login,auth,entitlement,entitlements,ent,sso"),
    REFERENCE_DATA(
            UseCase.REFERENCE_DATA,
            0.9,
            "ref,refdata,reference,instr,instrument,instruments,secdef,security,securities,symbols,static,calendar,holidays,"
                    + "contract,contracts,ticksize,tick size,lot size,def,defs,isin,product,products,symbology"),
    QUEUE(UseCase.QUEUE, 0.75, "queue,queues,jobs,outbox,inbox,events,bus,offset,offsets,dlq,tasks,messages");

    /// Sides and kinds of instrument: no use case of their own, yet never the name of one of many things.
    private static final Set<String> NEUTRAL = Set.copyOf(List.of(
            ("md buy sell long short bids asks index v1 v2 v3 v4 v5 data cache state meta info seq rev id ids user users "
                            + "spot perp swap futures options equity equities crypto feed live sim prod test uat dev api app "
                            + "history latest current count open closed expiry updated lastupdated batch sec min hour day week")
                    .split(" ")));

    /// Words that say: instruments stand in this name.
    private static final Set<UseCase> MARKET_DATA = Set.of(
            UseCase.TOP_OF_BOOK, UseCase.DEPTH, UseCase.TAPE, UseCase.CANDLES, UseCase.TICKER, UseCase.REFERENCE_DATA);

    private static final int RANDOM_LENGTH_MIN = 16;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private static final Map<String, List<UseCaseWords>> BY_PHRASE = new HashMap<>();
    private static final Set<String> VOCABULARY = new HashSet<>(NEUTRAL);

    static {
        for (UseCaseWords words : values()) {
            for (String phrase : words.phrases.split(",")) {
                BY_PHRASE.computeIfAbsent(phrase, _ -> new ArrayList<>()).add(words);
                if (phrase.indexOf(' ') < 0) {
                    VOCABULARY.add(phrase);
                }
            }
        }
    }

    private final UseCase useCase;
    private final double weight;
    /// Words and phrases of two words, between commas.
    private final String phrases;

    UseCaseWords(UseCase useCase, double weight, String phrases) {
        this.useCase = useCase;
        this.weight = weight;
        this.phrases = phrases;
    }

    UseCase useCase() {
        return useCase;
    }

    double weight() {
        return weight;
    }

    /// Whether a lower-case word belongs to the trade, and so never names one of many things.
    static boolean isVocabulary(String word) {
        return VOCABULARY.contains(word);
    }

    /// What the table says about one word, or about two side by side with a space between.
    static List<UseCaseWords> of(String phrase) {
        return BY_PHRASE.getOrDefault(phrase, List.of());
    }

    /// Whether a name holds a word of market or reference data, so that a bare ticker in it is an instrument.
    static boolean speaksOfMarketData(String name) {
        for (String word : words(name)) {
            if (word.equals("md") || of(word).stream().anyMatch(words -> MARKET_DATA.contains(words.useCase))) {
                return true;
            }
        }
        return false;
    }

    /// Lower-case words of a name, `orderData` being two.
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String piece : BETWEEN_WORDS.split(name)) {
            if (piece.isEmpty()) {
                continue;
            }
            String whole = piece.toLowerCase(Locale.ROOT);
            if (BY_PHRASE.containsKey(whole) || looksRandom(piece)) {
                words.add(whole);
            } else {
                for (String word : CAMEL.split(piece)) {
                    words.add(word.toLowerCase(Locale.ROOT));
                }
            }
        }
        return words;
    }

    /// In a random token some letters always stand like camels: `x9Bk…` says nothing of candles.
    private static boolean looksRandom(String piece) {
        return piece.length() >= RANDOM_LENGTH_MIN && piece.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
