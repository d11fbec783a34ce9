package io.cachewright.optimizer.prove;

/// What a comparison gave, and how it was measured.
record Measured(Judgement judgement, String setting) {

    Proof toProof(String id) {
        return new Proof(id, judgement.verdict(), judgement.comparisons(), setting, judgement.reason());
    }
}
