package io.cachewright.lab.market;

import java.util.SplittableRandom;

/// How busy each instrument is in each millisecond, relative to its mean.
final class SyntheticRhythm {

    /* A clustered Poisson process. The intensity of instrument i in millisecond t is

        level(t) · own(i, t) + shocks(t) · response(i) + flash(i, t)

    level    a common, slowly wandering factor (an autoregressive walk of its logarithm),
    own      the same for the instrument alone,
    shocks   news that reaches everyone: each raises the intensity at once, and it then fades within a second,
    flash    the first milliseconds of a shock, when every quote is repriced: a pile of messages in one go.

    Shocks carry the peaks of a second, flashes those of 10 ms; because both are common, pooling instruments does
    not smooth them. The constants are set so that peaks against the mean and correlations fall within what was
    measured on six streams of a crypto venue: 3 to 12 times for a second, 11 to 65 for 100 ms, 40 to 436 for
    10 ms, 0.54 to 0.87 between the seconds of two instruments. */

    private static final double SHOCK_GAP_SECONDS = 9;
    private static final double FIRST_SHOCK_SECONDS = 1.2;
    private static final double FIRST_SHOCK_SIZE = 2;
    private static final double SHOCK_SIZE_MAX = 2.4;
    /// A venue matches no faster than it can: shocks that meet do not add up for ever.
    private static final double SHOCKS_TOGETHER_MAX = 2.2;
    private static final double SHOCK_HEIGHT = 11;
    private static final double SHOCK_FADE_SECONDS = 0.32;
    private static final double FLASH_MILLIS = 6;
    private static final double FLASH_HEIGHT = 190;
    private static final double OWN_SHOCK_GAP_SECONDS = 9;

    private static final double LEVEL_SPREAD = 0.25;
    private static final double OWN_SPREAD = 0.28;
    private static final double WANDER_SECONDS = 3;
    private static final double MILLI = 1e-3;

    /// Mean of the sum above, by which it is divided: common shocks are of size 1.45 on average, own ones of 0.75.
    private static final double MEAN = 1
            + (SHOCK_HEIGHT * SHOCK_FADE_SECONDS + FLASH_HEIGHT * FLASH_MILLIS * MILLI)
                    * (1.45 / SHOCK_GAP_SECONDS + 0.75 / OWN_SHOCK_GAP_SECONDS);

    private final SplittableRandom random;
    private final double[] own;
    private final double[] response;
    private final double[] ownShock;
    private final double[] flashMillisLeft;
    private final double[] flashSize;
    private double level;
    private double shock;
    private double millisToShock = FIRST_SHOCK_SECONDS * 1000;
    private double nextSize = FIRST_SHOCK_SIZE;

    SyntheticRhythm(SplittableRandom random, int instruments) {
        this.random = random;
        this.own = new double[instruments];
        this.response = new double[instruments];
        this.ownShock = new double[instruments];
        this.flashMillisLeft = new double[instruments];
        this.flashSize = new double[instruments];
    }

    /// Moves on by one millisecond.
    void advance() {
        level = wander(level, LEVEL_SPREAD);
        double fade = Math.exp(-MILLI / SHOCK_FADE_SECONDS);
        shock *= fade;
        boolean strikes = --millisToShock <= 0;
        if (strikes) {
            shock += nextSize;
        }
        for (int i = 0; i < own.length; i++) {
            own[i] = wander(own[i], OWN_SPREAD);
            ownShock[i] *= fade;
            flashMillisLeft[i]--;
            if (strikes) {
                response[i] = random.nextDouble(0.7, 1.35);
                flash(i, nextSize * response[i]);
            }
            if (random.nextDouble() < MILLI / OWN_SHOCK_GAP_SECONDS) {
                double size = random.nextDouble(0.4, 1.1);
                ownShock[i] += size;
                flash(i, size);
            }
        }
        if (strikes) {
            millisToShock = 1000 * SHOCK_GAP_SECONDS * (0.4 + 0.6 * random.nextExponential());
            nextSize = Math.min(SHOCK_SIZE_MAX, Math.pow(1 - random.nextDouble(), -0.45));
        }
    }

    private void flash(int instrument, double size) {
        flashMillisLeft[instrument] = FLASH_MILLIS;
        flashSize[instrument] = size;
    }

    private double wander(double logarithm, double spread) {
        double step = MILLI / WANDER_SECONDS;
        return logarithm * (1 - step) + spread * Math.sqrt(2 * step) * random.nextGaussian();
    }

    /// How many times its mean `instrument` is active in the current millisecond.
    double intensity(int instrument) {
        double base = Math.exp(level + own[instrument] - (LEVEL_SPREAD * LEVEL_SPREAD + OWN_SPREAD * OWN_SPREAD) / 2);
        double shocks =
                SHOCK_HEIGHT * Math.min(SHOCKS_TOGETHER_MAX, shock * response[instrument] + ownShock[instrument]);
        double flash = flashMillisLeft[instrument] > 0 ? FLASH_HEIGHT * flashSize[instrument] : 0;
        return (base + shocks + flash) / MEAN;
    }

    /// Whether a shock is under way that moves prices, and how strongly: 0 in quiet times.
    double agitation() {
        return shock;
    }
}
