package io.cachewright.lab.market;

/// One thing a venue said about one instrument. Prices and quantities are integers at the instrument's scales.
public sealed interface MarketEvent {

    /// Value of an exchange time or sequence that the venue does not send.
    long NOT_SENT = 0;

    Instrument instrument();

    /// When it arrived here, in nanoseconds since the epoch.
    long receivedNanos();

    /// The same event of another instrument, at another time: for replaying one recording as several symbols.
    MarketEvent replayedAs(Instrument instrument, long receivedNanos);

    /// The whole book, best level first.
    record BookSnapshot(Instrument instrument, long receivedNanos, long sequence, Levels bids, Levels asks)
            implements MarketEvent {
        @Override
        public BookSnapshot replayedAs(Instrument other, long otherNanos) {
            return new BookSnapshot(other, otherNanos, sequence, bids, asks);
        }
    }

    /// New absolute quantities of some levels; zero deletes the level.
    ///
    /// @param sequence the venue's last update id, or the count of messages where it sends none
    record BookDelta(
            Instrument instrument,
            long receivedNanos,
            long exchangeNanos,
            long sequence,
            Continuity continuity,
            Levels bids,
            Levels asks)
            implements MarketEvent {

        public int levelCount() {
            return bids.size() + asks.size();
        }

        @Override
        public BookDelta replayedAs(Instrument other, long otherNanos) {
            return new BookDelta(other, otherNanos, exchangeNanos, sequence, continuity, bids, asks);
        }
    }

    /// The best bid and ask.
    record TopOfBook(
            Instrument instrument,
            long receivedNanos,
            long exchangeNanos,
            long sequence,
            long bidPrice,
            long bidQuantity,
            long askPrice,
            long askQuantity)
            implements MarketEvent {
        @Override
        public TopOfBook replayedAs(Instrument other, long otherNanos) {
            return new TopOfBook(
                    other, otherNanos, exchangeNanos, sequence, bidPrice, bidQuantity, askPrice, askQuantity);
        }
    }

    /// One trade.
    record Trade(
            Instrument instrument,
            long receivedNanos,
            long exchangeNanos,
            long id,
            long price,
            long quantity,
            boolean buyerIsMaker)
            implements MarketEvent {
        @Override
        public Trade replayedAs(Instrument other, long otherNanos) {
            return new Trade(other, otherNanos, exchangeNanos, id, price, quantity, buyerIsMaker);
        }
    }
}
