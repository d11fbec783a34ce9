package io.cachewright.domain.keys;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises instruments in key names by how venues write them, and reads the expiry that a dated symbol carries.
///
/// Only forms that are hardly ever something else count: `BTCUSDT`, `BTC-USD`, `BINANCE.BTCUSDT`, `XNAS.AAPL`, `VOD.L`,
/// `ESZ6`, `BTC-27NOV26-100000-C`, `AAPL261120C00150000`, an ISIN with a right check digit. A bare word such as `AAPL`
/// is told from others by where it stands ([KeyName]).
public final class Instruments {

    private static final Set<String> CURRENCIES = Set.copyOf(List.of(
            ("USD EUR GBP JPY CHF AUD CAD NZD CNH CNY HKD SGD SEK NOK DKK PLN CZK HUF TRY ZAR MXN BRL KRW INR RUB THB "
                            + "ILS UAH IDR VND NGN ARS XAU XAG XPT XPD USDT USDC BUSD FDUSD TUSD DAI BTC XBT ETH BNB "
                            + "SOL XRP ADA DOGE DOT LTC BCH LINK AVAX MATIC POL TRX XLM ATOM UNI ETC XMR FIL APT ARB "
                            + "OP NEAR SUI TON SHIB PEPE AAVE ALGO EOS XTZ")
                    .split(" ")));

    /// Quotes that say "crypto pair" whatever stands before them.
    private static final String STABLE = "USDT|USDC|BUSD|FDUSD|TUSD";

    private static final Set<String> VENUES = Set.copyOf(List.of(
            ("BINANCE BINANCEUS COINBASE KRAKEN BITSTAMP BITFINEX BYBIT OKX OKEX DERIBIT GEMINI HUOBI HTX KUCOIN BITMEX "
                            + "GATEIO MEXC DYDX FTX BITGET UPBIT CME CBOT NYMEX COMEX ICE EUREX LSE NYSE NASDAQ ARCA "
                            + "BATS CBOE TSE HKEX SGX EBS FXALL IEX XNYS XNAS XLON XETR XPAR XAMS XTKS XHKG XCME XEUR "
                            + "ARCX BATS XCBO XSES XASX XSWX XMIL XTSE GLBX IFEU")
                    .split(" ")));

    /// Roots of listed futures; a month code and a year follow.
    private static final String ROOTS =
            "ES|NQ|YM|RTY|MES|MNQ|MYM|M2K|CL|MCL|NG|RB|HO|BZ|GC|MGC|SI|HG|PL|PA|ZB|ZN|ZF|ZT|UB|"
                    + "TN|ZC|ZS|ZW|ZM|ZL|LE|HE|GF|6E|6B|6J|6A|6C|6S|6N|GE|SR3|SR1|ZQ|BTC|ETH|MBT|MET|FDAX|FESX|FGBL|FGBM|FGBS|"
                    + "FDXM|FSMI|FVS|VX|NK|NIY|HSI|NKD";

    private static final Pattern CRYPTO_PAIR = Pattern.compile("[A-Z0-9]{2,12}(?:" + STABLE + ")");
    private static final Pattern CRYPTO_PAIR_LOWER =
            Pattern.compile("[a-z0-9]{2,12}(?:" + STABLE.toLowerCase(Locale.ROOT) + ")");
    private static final Pattern LETTERS = Pattern.compile("[A-Z]{6,8}|[a-z]{6,8}");
    private static final Pattern SPLIT_PAIR = Pattern.compile("([A-Za-z0-9]{2,10})[-_/.]([A-Za-z]{3,5})");
    private static final Pattern DERIVATIVE_SUFFIX = Pattern.compile("(.+?)[-_.](?:PERP|PERPETUAL|SWAP|SPOT|FUT)");
    private static final Pattern RIC = Pattern.compile(
            "[A-Z][A-Z0-9]{0,5}\\.(?:O|N|L|K|DE|PA|AS|MI|MC|SW|T|HK|TO|AX|SS|SZ|KS|ST|CO|HE|OL|BR|LS|VI|A|P|OQ)");
    private static final Pattern TICKER = Pattern.compile("[A-Z]{1,5}(?:[./][A-Z])?");

    private static final Pattern FUTURE = Pattern.compile("(?:" + ROOTS + ")([FGHJKMNQUVXZ])(\\d{1,2}|20\\d{2})");
    private static final Pattern DATED =
            Pattern.compile("([A-Z0-9]{2,12}(?:[-_][A-Z]{3,5})?)[-_](?:(\\d{1,2}[A-Z]{3}\\d{2})|(20\\d{6})|(\\d{6}))"
                    + "(?:[-_]\\d{1,9}(?:[d.]\\d{1,8})?[-_][CP])?");
    private static final Pattern OCC = Pattern.compile("[A-Z]{1,6} {0,5}(\\d{6})[CP]\\d{8}");

    private static final String MONTH_CODES = "FGHJKMNQUVXZ";
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private Instruments() {}

    /// Whether `text` is an instrument by its form alone.
    public static boolean isInstrument(String text) {
        return isPair(text)
                || isFutureOrOption(text)
                || isIsin(text)
                || isWithVenue(text)
                || RIC.matcher(text).matches()
                || suffixed(text);
    }

    /// The first instrument in a key name.
    public static Optional<String> in(String keyName) {
        return KeyName.parse(keyName).parts().stream()
                .filter(part -> part.kind() == KeyName.Kind.INSTRUMENT)
                .map(KeyName.Part::text)
                .findFirst();
    }

    /// Whether `text` could be a ticker, if it stands where instruments stand.
    static boolean isTickerLike(String text) {
        return TICKER.matcher(text).matches()
                && !VENUES.contains(text)
                && !UseCaseWords.isVocabulary(text.toLowerCase(Locale.ROOT));
    }

    /// The last day on which an instrument of this name can trade, where the name says so: the day of an
    /// option or a dated future, the last day of the month of a monthly code. A single year digit means
    /// the year nearest to `today`.
    public static Optional<LocalDate> expiry(String symbol, LocalDate today) {
        String bare = withoutVenue(symbol);
        Matcher future = FUTURE.matcher(bare);
        if (future.matches()) {
            return Optional.of(
                    YearMonth.of(year(future.group(2), today.getYear()), MONTH_CODES.indexOf(future.group(1)) + 1)
                            .atEndOfMonth());
        }
        Matcher dated = DATED.matcher(bare);
        if (dated.matches()) {
            if (dated.group(2) != null) {
                return dayMonthYear(dated.group(2));
            }
            // Digits alone could be an order id, so what stands before them has to be a coin or a pair.
            if (!CURRENCIES.contains(dated.group(1)) && !isPair(dated.group(1))) {
                return Optional.empty();
            }
            return dated.group(3) != null
                    ? day(dated.group(3).substring(0, 4), dated.group(3).substring(4))
                    : day("20" + dated.group(4).substring(0, 2), dated.group(4).substring(2));
        }
        Matcher occ = OCC.matcher(bare);
        return occ.matches()
                ? day("20" + occ.group(1).substring(0, 2), occ.group(1).substring(2))
                : Optional.empty();
    }

    private static boolean isPair(String text) {
        if (endsInDollars(text)
                && (CRYPTO_PAIR.matcher(text).matches()
                        || CRYPTO_PAIR_LOWER.matcher(text).matches())) {
            return true;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        if (LETTERS.matcher(text).matches()) {
            for (int cut = 3; cut <= upper.length() - 3; cut++) {
                if (CURRENCIES.contains(upper.substring(0, cut)) && CURRENCIES.contains(upper.substring(cut))) {
                    return true;
                }
            }
            return false;
        }
        Matcher split = SPLIT_PAIR.matcher(text);
        return split.matches()
                && CURRENCIES.contains(split.group(2).toUpperCase(Locale.ROOT))
                && (CURRENCIES.contains(split.group(1).toUpperCase(Locale.ROOT))
                        || (text.equals(upper)
                                && !VENUES.contains(split.group(1))
                                && !UseCaseWords.isVocabulary(split.group(1).toLowerCase(Locale.ROOT))));
    }

    /// Cheaper to ask than a pattern is, and hardly any other word does.
    private static boolean endsInDollars(String text) {
        return text.regionMatches(true, text.length() - 4, "USD", 0, 3)
                || text.regionMatches(true, text.length() - 3, "USD", 0, 3);
    }

    private static boolean isFutureOrOption(String text) {
        // All but one form end in a digit, and that one in the side of an option.
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        if (!(last >= '0' && last <= '9') && last != 'C' && last != 'P') {
            return false;
        }
        return FUTURE.matcher(text).matches()
                || OCC.matcher(text).matches()
                || (DATED.matcher(text).matches()
                        && expiry(text, LocalDate.EPOCH).isPresent());
    }

    private static boolean suffixed(String text) {
        Matcher matcher = DERIVATIVE_SUFFIX.matcher(text);
        return matcher.matches() && (isPair(matcher.group(1)) || CURRENCIES.contains(matcher.group(1)));
    }

    private static boolean isWithVenue(String text) {
        String bare = withoutVenue(text);
        return bare.length() < text.length() && !bare.isEmpty() && (isTickerLike(bare) || isInstrument(bare));
    }

    private static String withoutVenue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '-' || c == '_') {
                return VENUES.contains(text.substring(0, i).toUpperCase(Locale.ROOT)) ? text.substring(i + 1) : text;
            }
        }
        return text;
    }

    private static boolean isIsin(String text) {
        return text.length() == Isin.LENGTH && Isin.isValid(text.getBytes(StandardCharsets.ISO_8859_1), 0);
    }

    private static int year(String digits, int thisYear) {
        int number = Integer.parseInt(digits);
        return switch (digits.length()) {
            case 1 -> {
                int year = thisYear / 10 * 10 + number;
                yield year - thisYear > 5 ? year - 10 : thisYear - year > 4 ? year + 10 : year;
            }
            case 2 -> 2000 + number;
            default -> number;
        };
    }

    private static Optional<LocalDate> dayMonthYear(String text) {
        int letters = text.length() - 5;
        int month = MONTHS.indexOf(text.substring(letters, letters + 3)) + 1;
        return date("20" + text.substring(letters + 3), month, Integer.parseInt(text.substring(0, letters)));
    }

    private static Optional<LocalDate> day(String year, String monthAndDay) {
        return date(year, Integer.parseInt(monthAndDay.substring(0, 2)), Integer.parseInt(monthAndDay.substring(2)));
    }

    private static Optional<LocalDate> date(String year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), month, day));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
