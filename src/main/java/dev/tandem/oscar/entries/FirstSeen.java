package dev.tandem.oscar.entries;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When an entry was first seen, and in which states since.
 *
 * @param at when the feed row with it was read: not earlier, or a referral sent meanwhile would not count as sent before
 * @param states each that differs from the one before, oldest first; at least one
 */
public record FirstSeen(Instant at, List<EntryState> states) {
    FirstSeen(Instant at, EntryState state) {
        this(at, List.of(state));
    }

    /**
     * From what the ledger keeps.
     *
     * @param status the entry's alone, where nothing else was noted at first
     */
    public static FirstSeen kept(Instant at, Optional<String> status, List<String> states) {
        List<EntryState> all = new ArrayList<>();
        status.ifPresent(shown -> all.add(new EntryState("", shown)));
        states.forEach(state -> all.add(EntryState.parsed(state)));
        return new FirstSeen(at, all.isEmpty() ? List.of(new EntryState("", "")) : all);
    }

    /** What the entry showed then; blank for an enrolment. */
    public String referralStatus() {
        return states.get(0).entry();
    }

    /** The same with what is read now, if that was not noted. */
    FirstSeen and(EntryState now) {
        if (now.equals(states.get(states.size() - 1))) {
            return this;
        }
        List<EntryState> all = new ArrayList<>(states);
        all.add(now);
        return new FirstSeen(at, all);
    }
}
