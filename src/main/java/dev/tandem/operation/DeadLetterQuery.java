package dev.tandem.operation;

import java.util.Optional;

/**
 * Which to list.
 *
 * @param state {@code parked}, {@code waiting}, {@code baseline} or {@code discarded}
 * @param reason only those with this code
 * @param limit no more than so many, the newest
 */
public record DeadLetterQuery(String state, Optional<String> reason, int limit) {
    /** The most that are listed at once. */
    public static final int MOST = 1000;
}
