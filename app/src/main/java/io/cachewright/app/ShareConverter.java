package io.cachewright.app;

import io.cachewright.app.ShareConverter.Share;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Shares as people write them: `95%` or `0.95`.
final class ShareConverter implements ITypeConverter<Share> {

    /// @param value above 0, at most 1
    record Share(double value) {}

    @Override
    public Share convert(String text) {
        String stripped = text.strip();
        boolean isPercent = stripped.endsWith("%");
        try {
            double number = Double.parseDouble(isPercent ? stripped.substring(0, stripped.length() - 1) : stripped);
            double share = isPercent ? number / 100 : number;
            if (share > 0 && share <= 1) {
                return new Share(share);
            }
        } catch (NumberFormatException _) {
            // Told below, like a number out of range.
        }
        throw new TypeConversionException("'" + text + "' is no share; write 95% or 0.95");
    }
}
