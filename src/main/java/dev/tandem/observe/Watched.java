package dev.tandem.observe;

import dev.tandem.call.Reachability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is watched besides the ledger's own numbers, and from when on a person should know. What is a function is asked at any
 * rate, and answers at once.
 *
 * @param systems those that the settings name
 * @param reachability how a system was found by the last calls to it
 * @param parked more parked effects than these, over all flows
 * @param pendingAge a record that has not been settled for longer
 * @param webhooks the systems whose events are expected
 * @param silentAfter how long none may come although sweeps find changes
 * @param unreadablePayloads how many payloads are encrypted under an unknown key
 * @param ledgerAway why the ledger's database cannot be written
 * @param diskFullSince since when the embedded database's disk has had no room
 * @param mappingsGoingOn those that were given up and have not ended
 */
record Watched(
        List<String> systems,
        Function<String, Reachability.Found> reachability,
        Schedules schedules,
        long parked,
        Duration pendingAge,
        List<String> webhooks,
        Duration silentAfter,
        long unreadablePayloads,
        Supplier<Optional<String>> ledgerAway,
        Supplier<Optional<Instant>> diskFullSince,
        Supplier<List<String>> mappingsGoingOn) {
    @FunctionalInterface
    interface Schedules {
        /**
         * The moment by which a sweep that began at the earlier of two of the schedule's moments should be complete.
         *
         * @param full whether of everything
         * @param last when the last complete one began
         * @return none if the source is never read by this schedule
         */
        Optional<Instant> expected(String source, boolean full, Instant last);
    }
}
