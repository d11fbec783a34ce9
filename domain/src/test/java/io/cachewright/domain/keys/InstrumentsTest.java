package io.cachewright.domain.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BTCUSDT",
                "btcusdt",
                "ETHBTC",
                "EURUSD",
                "XAUUSD",
                "BTC-USD",
                "eth_usdt",
                "BINANCE.BTCUSDT",
                "XNAS.AAPL",
                "VOD.L",
                "ESZ6",
                "CLF27",
                "6EZ2026",
                "US0378331005",
                "BTC-PERPETUAL",
                "BTC-USDT-SWAP",
                "BTCUSDT_261225",
                "BTC-27NOV26",
                "BTC-27NOV26-100000-C",
                "AAPL261120C00150000"
            })
    void recognisesHowVenuesWriteInstruments(String text) {
        assertThat(Instruments.isInstrument(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAPL",
                "l2",
                "orders",
                "BINANCE",
                "US0378331006",
                "ORD_201231",
                "user-123",
                "FIX.4.4",
                "trades",
                "ACC-27"
            })
    void leavesOtherWordsAlone(String text) {
        assertThat(Instruments.isInstrument(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ESZ6, 2026-12-31",
        "ESU6, 2026-09-30",
        "ESH9, 2029-03-31",
        "ESH1, 2031-03-31",
        "CLF27, 2027-01-31",
        "CME.ESZ6, 2026-12-31",
        "BTC-27NOV26-100000-C, 2026-11-27",
        "DERIBIT.BTC-6NOV26, 2026-11-06",
        "BTCUSDT_261225, 2026-12-25",
        "BTC-USD-261127-100000-C, 2026-11-27",
        "AAPL261120C00150000, 2026-11-20",
    })
    void readsTheExpiryOfDatedSymbols(String symbol, LocalDate expiry) {
        assertThat(Instruments.expiry(symbol, TODAY)).contains(expiry);
    }

    @Test
    void spotHasNoExpiry() {
        assertThat(Instruments.expiry("BTCUSDT", TODAY)).isEmpty();
        assertThat(Instruments.expiry("BTC-32NOV26", TODAY)).isEmpty();
    }
}
