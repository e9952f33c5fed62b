package dev.tandem.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A value that is never printed: not by {@code toString}, not as JSON, not in a fault, not as a placeholder. */
@JsonIgnoreType
public record Secret(String reveal) {
    /** The texts of one that is rotated; the checks have seen that there is no previous one without a present one. */
    static List<String> present(Optional<Secret> secret, Optional<Secret> previous) {
        return Stream.of(secret, previous)
                .flatMap(Optional::stream)
                .map(Secret::reveal)
                .toList();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
