package io.cachewright.sizing.curve;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/// What hits cost: the memory of a cache, by the month, over the requests that it answers in that time.
///
/// @param pricePerGigabyteMonth of memory, in any currency
/// @param readsPerSecond on average
public record HitCost(BigDecimal pricePerGigabyteMonth, BigDecimal readsPerSecond) {

    private static final BigDecimal BYTES_A_GIGABYTE = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal SECONDS_A_MONTH = BigDecimal.valueOf(2_629_800);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final MathContext PRECISION = new MathContext(12, RoundingMode.HALF_EVEN);

    public HitCost {
        if (pricePerGigabyteMonth.signum() < 0 || readsPerSecond.signum() <= 0) {
            throw new IllegalArgumentException("a price is not negative and a rate is positive, were "
                    + pricePerGigabyteMonth + " and " + readsPerSecond);
        }
    }

    /// The price of a million hits at that point; empty where nothing hits.
    public Optional<BigDecimal> perMillionHits(MissRatioCurve.Point point) {
        return price(point.bytes(), point.hitRatio());
    }

    /// The price of a million further hits that a step of memory brings; empty where it brings none.
    public Optional<BigDecimal> perMillionFurtherHits(MissRatioCurve.Step step) {
        return price(step.toBytes() - step.fromBytes(), step.hitRatioGained());
    }

    private Optional<BigDecimal> price(long bytes, double hitRatio) {
        if (!(hitRatio > 0)) {
            return Optional.empty();
        }
        BigDecimal monthly =
                pricePerGigabyteMonth.multiply(BigDecimal.valueOf(bytes)).divide(BYTES_A_GIGABYTE, PRECISION);
        BigDecimal hits = readsPerSecond.multiply(SECONDS_A_MONTH).multiply(BigDecimal.valueOf(hitRatio));
        return Optional.of(monthly.multiply(MILLION).divide(hits, PRECISION));
    }
}
