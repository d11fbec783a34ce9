package io.cachewright.optimizer.rules;

import java.util.Locale;

/// Shares as people read them.
public final class Share {

    private Share() {}

    /// `12.3 %`, and whole percents from ten.
    public static String text(double share) {
        double percent = share * 100;
        return Math.abs(percent) < 10
                ? String.format(Locale.ROOT, "%.1f %%", percent)
                : String.format(Locale.ROOT, "%.0f %%", percent);
    }
}
