package dev.tandem.sandbox.primero;

/** Which Primero this is (contract primero-v2 §0), as far as it matters to a client that uses Basic. */
public enum Version {
    /** Up to 2.10: unknown keys are refused; {@code case_id} can be patched. */
    V2_10,
    /** 2.11 to 2.13: unknown keys vanish; {@code case_id} can be patched. */
    V2_13,
    /** 2.14: {@code case_id} and its like are update-forbidden. */
    V2_14,
    /** 2.15 and later: select values must be in their lookup. */
    V2_15;

    public boolean atLeast(Version other) {
        return compareTo(other) >= 0;
    }
}
