package dev.tandem.sandbox.world;

import java.time.LocalDate;

/** A child that does not exist. Names are words for things ("star", "example") in Khmer and English. */
public record Child(
        String localGiven,
        String localFamily,
        String given,
        String family,
        String sex,
        LocalDate born,
        String villageCode) {
    /** Khmer first, English in brackets, as both systems' users write it. */
    public String bothGiven() {
        return localGiven + " (" + given + ")";
    }

    @Override
    public String toString() {
        return "Child[]";
    }
}
