package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;

/** The result of looking for the case of an OSCaR client (mapping-facts 3.2). */
public sealed interface FoundCase {
    /** By which key the case was found. */
    enum By {
        LINK,
        CASE_ID,
        OSCAR_NUMBER
    }

    /**
     * The one case; it may be disabled (R10).
     *
     * @param theCase in full, as it is now
     */
    record Found(JsonNode theCase, By by) implements FoundCase {
        @Override
        public String toString() {
            return "Found[" + by + "]";
        }
    }

    /** There is none, and one may be made under this id. Whether it is (baseline, owner) is decided elsewhere. */
    record CreateWith(String id) implements FoundCase {}

    /** A person has to look. The code is {@code two-cases}, {@code case-not-found}, {@code unlinked}, {@code filter-ignored} or {@code no-key}. */
    record Park(String code, String words) implements FoundCase {}
}
