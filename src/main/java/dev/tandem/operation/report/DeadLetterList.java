package dev.tandem.operation.report;

import java.util.List;

/**
 * Effects that do not go by themselves, the newest first.
 *
 * @param total how many there are in all; {@code letters} may be fewer
 */
public record DeadLetterList(List<DeadLetter> letters, long total) {
    public DeadLetterList {
        letters = List.copyOf(letters);
    }
}
