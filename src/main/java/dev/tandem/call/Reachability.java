package dev.tandem.call;

import dev.tandem.outcome.Setback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether each system answers, as the calls of this process find it. A refusal is an answer. */
public final class Reachability {
    /** One call may fail by chance, and several at once by the same chance. */
    private static final int CALLS_IN_A_ROW = 3;

    private static final int DIFFERENT_RECORDS = 2;

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    /**
     * How one system was found.
     *
     * @param failingSince when the first of the calls failed that have all failed since
     * @param failures how many
     * @param last when the last one ended; {@link Instant#EPOCH} if none has been made
     * @param code why the last one failed
     * @param words the same in words, of the last one that was made at all
     */
    public record Found(
            Optional<Instant> failingSince,
            Instant last,
            int failures,
            String code,
            String words,
            boolean breakerOpen) {
        private static final Found NOT_CALLED = new Found(Optional.empty(), Instant.EPOCH, 0, "", "", false);

        static Found answered(Instant now) {
            return new Found(Optional.empty(), now, 0, "", "", false);
        }

        /** Whether it has been called at all. */
        public boolean known() {
            return last.isAfter(Instant.EPOCH);
        }

        /** Whether it answers to nothing: several calls in a row, over some time. */
        public boolean down() {
            return breakerOpen
                    || (failures >= CALLS_IN_A_ROW
                            && failingSince
                                    .filter(since -> !Duration.between(since, last)
                                            .minus(LONG_ENOUGH)
                                            .isNegative())
                                    .isPresent());
        }

        private Found failed(Instant now, String why, Optional<String> inWords, boolean open) {
            return new Found(
                    failingSince.or(() -> Optional.of(now)), now, failures + 1, why, inWords.orElse(words), open);
        }
    }

    private final InstantSource clock;
    private final Map<String, Set<String>> metForeign = new ConcurrentHashMap<>();
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    Reachability(InstantSource clock) {
        this.clock = clock;
    }

    public Found of(String system) {
        return found.getOrDefault(system, Found.NOT_CALLED);
    }

    /**
     * Something else answered for the system, such as a gateway. Met by one record only, it may be that record's content
     * that a firewall does not like; met by two different ones since the system last answered, the system is down.
     */
    boolean foreignAnswer(String system, String record) {
        Set<String> records = metForeign.computeIfAbsent(system, key -> ConcurrentHashMap.newKeySet());
        if (records.size() < DIFFERENT_RECORDS) {
            records.add(record);
        }
        return records.size() >= DIFFERENT_RECORDS;
    }

    /** A call has ended. */
    void ended(Call call) {
        Optional<Setback> setback = call.setback();
        boolean open = setback.isEmpty() && call.status() == 0 && !call.begun();
        if (call.down() || open) {
            String code = setback.map(Setback::code).orElse("breaker-open");
            found.compute(call.system(), (system, before) -> (before == null ? Found.NOT_CALLED : before)
                    .failed(clock.instant(), code, open ? Optional.empty() : setback.map(Setback::getMessage), open));
        } else if (!call.heldBack() && call.begun()) {
            found.put(call.system(), Found.answered(clock.instant()));
            metForeign.remove(call.system());
        }
    }
}
