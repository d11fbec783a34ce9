package io.cachewright.optimizer.requirements;

import java.util.Arrays;
import java.util.Optional;

/// The keys of a requirements file, in the order in which they are documented.
public enum RequirementKey {
    PEAK_OPS_PER_SECOND("peak-ops-per-second", Form.ONE),
    LATENCY_BUDGET("latency-budget", Form.ONE),
    DATA_SIZE("data-size", Form.ONE),
    STALENESS_MAX("staleness-max", Form.ONE),
    STORE_ROLE("store-role", Form.ONE),
    REGIMES("regimes", Form.LIST),
    RPO("rpo", Form.ONE),
    RTO("rto", Form.ONE),
    REGIONS("regions", Form.LIST),
    MONTHLY_BUDGET("monthly-budget", Form.ONE),
    PRIORITIES("priorities", Form.LIST);

    enum Form {
        ONE,
        LIST
    }

    private final String key;
    private final Form form;

    RequirementKey(String key, Form form) {
        this.key = key;
        this.form = form;
    }

    /// As the file spells it.
    public String key() {
        return key;
    }

    boolean isList() {
        return form == Form.LIST;
    }

    public static Optional<RequirementKey> of(String key) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.key.equals(key))
                .findFirst();
    }

    /// Whether `requirements` say something about this.
    public boolean isKnownIn(Requirements requirements) {
        return switch (this) {
            case PEAK_OPS_PER_SECOND -> requirements.peakOpsPerSecond().isPresent();
            case LATENCY_BUDGET -> requirements.latencyBudget().isPresent();
            case DATA_SIZE -> requirements.dataSize().isPresent();
            case STALENESS_MAX -> requirements.stalenessMax().isPresent();
            case STORE_ROLE -> requirements.storeRole().isPresent();
            case REGIMES -> requirements.regimes().isPresent();
            case RPO -> requirements.rpo().isPresent();
            case RTO -> requirements.rto().isPresent();
            case REGIONS -> requirements.regions().isPresent();
            case MONTHLY_BUDGET -> requirements.monthlyBudget().isPresent();
            case PRIORITIES -> !requirements.priorities().isEmpty();
        };
    }
}
