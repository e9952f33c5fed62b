package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * When an entry was first seen, and in which states since.
 *
 * @param at when the feed row with it was read: not earlier, or a referral sent meanwhile would not count as sent before
 * @param states each that differs from the one before, oldest first; at least one
 */
public record FirstSeen(Instant at, List<State> states) {
    /**
     * In which states a client and one of its entries were read together.
     *
     * @param client the client's {@code status}; blank if that was not noted
     * @param entry the entry's {@code referral_status}; blank for an enrolment
     */
    record State(String client, String entry) {
        private static final Pattern A_STATUS = Pattern.compile("[A-Za-z ]{0,20}");
        private static final Set<String> TAKEN = Set.of("Accepted", "Active");

        static State of(JsonNode client, Entry entry) {
            return new State(status(Fields.text(client, "status")), status(entry.status()));
        }

        /** As the ledger keeps it: {@code Accepted>Referred}. */
        static State parsed(String kept) {
            int between = kept.indexOf('>');
            return new State(kept.substring(0, between), kept.substring(between + 1));
        }

        /** Any other text is not kept. */
        private static String status(String text) {
            return A_STATUS.matcher(text).matches() ? text : "?";
        }

        /** Whether the NGO had the child in its care. */
        boolean taken() {
            return TAKEN.contains(client);
        }

        boolean left() {
            return "Exited".equals(client);
        }

        boolean referred() {
            return "Referred".equals(client);
        }

        @Override
        public String toString() {
            return client + ">" + entry;
        }
    }

    /**
     * From what the ledger keeps.
     *
     * @param status the entry's alone, where nothing else was noted at first
     */
    public static FirstSeen kept(Instant at, Optional<String> status, List<String> states) {
        List<State> all = new ArrayList<>();
        status.ifPresent(shown -> all.add(new State("", shown)));
        states.forEach(state -> all.add(State.parsed(state)));
        return new FirstSeen(at, all.isEmpty() ? List.of(new State("", "")) : all);
    }

    /** What the entry showed then; blank for an enrolment. */
    public String referralStatus() {
        return states.get(0).entry();
    }

    /** The same with what is read now, if that was not noted. */
    FirstSeen and(State now) {
        if (now.equals(states.get(states.size() - 1))) {
            return this;
        }
        List<State> all = new ArrayList<>(states);
        all.add(now);
        return new FirstSeen(at, all);
    }
}
