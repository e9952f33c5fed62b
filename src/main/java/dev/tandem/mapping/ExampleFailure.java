package dev.tandem.mapping;

import java.util.List;

/**
 * An example whose mapping gave something else.
 *
 * @param file path inside the directory of mappings
 * @param differences where, as paths such as {@code $.data[0].referral_id differs}; no values
 */
public record ExampleFailure(String file, List<String> differences) {
    public ExampleFailure {
        differences = List.copyOf(differences);
    }

    @Override
    public String toString() {
        return file + ": " + String.join("; ", differences);
    }
}
