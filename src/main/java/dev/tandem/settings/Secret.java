package dev.tandem.settings;

/** A value that is never printed: not by {@code toString}, not in a fault, not as a placeholder. */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
