package io.cachewright.lab.market;

import io.cachewright.domain.ScaledDecimal;

/// One tradable thing at one venue, with the scales at which its prices and quantities are kept as 64-bit integers.
///
/// @param venue upper case, for example `BINANCE`
/// @param symbol as the venue spells it, for example `BTCUSDT`
public record Instrument(String venue, String symbol, int priceScale, int quantityScale) {

    public Instrument {
        if (venue.isEmpty() || symbol.isEmpty()) {
            throw new IllegalArgumentException("an instrument has a venue and a symbol");
        }
    }

    /// `VENUE.SYMBOL`: unique across venues.
    public String id() {
        return venue + '.' + symbol;
    }

    public ScaledDecimal price(long unscaled) {
        return new ScaledDecimal(unscaled, priceScale);
    }

    public ScaledDecimal quantity(long unscaled) {
        return new ScaledDecimal(unscaled, quantityScale);
    }

    long parsePrice(String text) {
        return ScaledDecimal.parse(text, priceScale).unscaled();
    }

    long parseQuantity(String text) {
        return ScaledDecimal.parse(text, quantityScale).unscaled();
    }
}
