package dev.tandem.oscar.entries;

import dev.tandem.oscar.entries.FirstSeen.State;
import java.util.List;

/**
 * What an NGO has decided by an answer, from the states in which the entry and its client were read (mapping-facts R20, R25). In
 * OSCaR the dialog that accepts changes the client alone, the form that rejects is the one by which a child leaves, and what the
 * client became is copied to one of its entries, whichever it was meant for.
 *
 * @param decided {@code Accepted} or {@code Exited}, or "" for neither
 * @param reason why it is listed for a person instead, or how the decision was found, where that is to be kept; else null
 */
record AnswerMeaning(String decided, EntryReason reason) {
    private static final String ACCEPTED = "Accepted";
    private static final String EXITED = "Exited";
    private static final AnswerMeaning NOTHING = new AnswerMeaning("", null);
    private static final EntryReason ACCEPTED_BEFORE = EntryReason.of(
            "accepted-before-exit",
            "referral_status",
            "the NGO had taken the child before it left: the referral counts as accepted",
            "");
    private static final EntryReason UNSEEN = EntryReason.of(
            "exit-unseen-acceptance-possible",
            "referral_status",
            "the child left the NGO, and no reading had shown it as accepted: the referral counts as rejected",
            "");
    private static final EntryReason LEFT_OPEN = EntryReason.of(
            "left-open",
            "referral_status",
            "the NGO has taken the child; OSCaR leaves this referral open: ask the NGO to close it there",
            "left-open");
    private static final EntryReason OF_CHILD = EntryReason.of(
            "exit-of-child",
            "referral_status",
            "OSCaR shows this referral as Exited since the child left the NGO, Primero as in progress: whether the NGO had taken"
                    + " the child on it cannot be told",
            "exit-of-child");

    boolean isListed() {
        return decided.isEmpty() && reason != null;
    }

    /**
     * @param madeTheClient whether the client was made from just this referral, and has no other answer
     * @param open whether Primero shows the referral as not decided
     * @param rejected whether Primero shows it as rejected or revoked
     */
    static AnswerMeaning of(
            OscarReferral answer, EntryCodes codes, boolean madeTheClient, boolean open, boolean rejected) {
        String own = codes.decisionOf(answer.status());
        List<State> states = answer.seen().states();
        if (own.equals(EXITED)) {
            return ofExit(states, codes, madeTheClient, open, rejected);
        }
        if (own.isEmpty() && "Referred".equals(answer.status())) {
            if (madeTheClient && states.stream().anyMatch(State::taken)) {
                return new AnswerMeaning(ACCEPTED, null);
            }
            if (open && wasLeftOpen(states)) {
                return new AnswerMeaning("", LEFT_OPEN);
            }
        }
        return own.isEmpty() ? NOTHING : new AnswerMeaning(own, null);
    }

    private static AnswerMeaning ofExit(
            List<State> states, EntryCodes codes, boolean madeTheClient, boolean open, boolean rejected) {
        int exit = exit(states, codes);
        boolean childLeft =
                states.get(exit).left() && (exit == 0 || !states.get(exit - 1).left());
        if (!childLeft) {
            return new AnswerMeaning(EXITED, null);
        }
        boolean taken = states.subList(0, exit).stream()
                .anyMatch(
                        state -> ACCEPTED.equals(codes.decisionOf(state.entry())) || (madeTheClient && state.taken()));
        if (taken) {
            return rejected ? new AnswerMeaning(EXITED, null) : new AnswerMeaning(ACCEPTED, ACCEPTED_BEFORE);
        }
        if (madeTheClient) {
            return new AnswerMeaning(EXITED, UNSEEN);
        }
        return open ? new AnswerMeaning("", OF_CHILD) : new AnswerMeaning(EXITED, null);
    }

    /** Where the entry was first read as exited, after it last was not. */
    private static int exit(List<State> states, EntryCodes codes) {
        int at = states.size() - 1;
        while (at > 0 && EXITED.equals(codes.decisionOf(states.get(at - 1).entry()))) {
            at--;
        }
        return at;
    }

    /** The child was asked for, and then taken or sent away, while the entry was there and stayed as it was. */
    private static boolean wasLeftOpen(List<State> states) {
        boolean asked = false;
        for (State state : states) {
            if (asked && (state.taken() || state.left())) {
                return true;
            }
            asked = asked || state.referred();
        }
        return false;
    }
}
