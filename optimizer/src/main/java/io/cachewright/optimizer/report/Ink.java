package io.cachewright.optimizer.report;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.prove.Proof;

/// Colours of a terminal, or none.
enum Ink {
    PLAIN {
        @Override
        String paint(String code, String text) {
            return text;
        }
    },
    COLOURED {
        @Override
        String paint(String code, String text) {
            return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    };

    abstract String paint(String code, String text);

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String severity(Severity severity) {
        String label = Words.severity(severity);
        return switch (severity) {
            case CRITICAL -> paint("1;31", label);
            case HIGH -> paint("31", label);
            case MEDIUM -> paint("33", label);
            case LOW -> paint("36", label);
            case INFO -> paint("2", label);
        };
    }

    String verdict(Proof.Verdict verdict) {
        return switch (verdict) {
            case IMPROVED -> paint("1;32", verdict.label());
            case NO_DIFFERENCE -> paint("33", verdict.label());
            case WORSE -> paint("1;31", verdict.label());
            case NOT_PROVABLE_HERE -> paint("2", verdict.label());
        };
    }
}
