package dev.tandem.ledger.model;

import dev.tandem.ledger.model.State.EffectStatus;
import dev.tandem.ledger.model.State.Item;
import dev.tandem.ledger.model.State.Phase;
import java.util.function.Predicate;

/** What holds in each state that can be reached, in the words that docs/operate/guarantees.md quotes. */
enum Promise {
    ONCE(
            "A referral reaches the other side once. It arrives again only after an answer to it was lost, never more often than"
                    + " answers were lost, and at most twice; and then it is named.",
            state -> {
                var referral = state.items().get(0).referral();
                return state.referrals() <= Math.min(2, 1 + referral.lostAnswers())
                        && (state.referrals() < 2 || referral.named());
            }),
    TRUE_WORD(
            "What the ledger calls sent has arrived.",
            state -> state.items().get(0).referral().status() != EffectStatus.CONFIRMED || state.referrals() > 0),
    SETTLED_IS_DONE(
            "For a settled record, the other side shows exactly what the record was settled with, and no open call can change"
                    + " that.",
            Promise::settledIsDone),
    ONE_WRITER(
            "Two calls that write to one record are never open at the same time.",
            state -> state.calls().size() < 2),
    CURSOR("No cursor passes a change that is neither marked nor delivered.", state -> {
        Item item = state.items().get(0);
        return item.phase() != Phase.SETTLED || item.fingerprint() >= state.cursor();
    }),
    NOTHING_LOST(
            "Whatever happens, work can go on until every change is on the other side, and every referral is there or listed for"
                    + " a person.",
            state -> true);

    final String words;

    @SuppressWarnings("ImmutableEnumChecker") // functions without a state
    private final Predicate<State> holds;

    Promise(String words, Predicate<State> holds) {
        this.words = words;
        this.holds = holds;
    }

    /** In any state; that nothing is lost shows only at the end. */
    boolean holdsIn(State state) {
        return holds.test(state);
    }

    private static boolean settledIsDone(State state) {
        for (int i = 0; i < state.items().size(); i++) {
            Item item = state.items().get(i);
            int index = i;
            boolean done = state.shows().get(i) == item.fingerprint()
                    && state.calls().stream().noneMatch(call -> call.item() == index && !call.arrived());
            if (item.phase() == Phase.SETTLED && !done) {
                return false;
            }
        }
        return true;
    }

    /** Of a state in which nothing is left to do. */
    static boolean nothingIsLost(State state) {
        for (int i = 0; i < state.items().size(); i++) {
            Item item = state.items().get(i);
            EffectStatus referral = item.referral().status();
            boolean referred = !item.refers()
                    || (referral == EffectStatus.CONFIRMED && state.referrals() > 0)
                    || (referral == EffectStatus.PARKED && item.referral().named());
            if (item.phase() != Phase.SETTLED || state.shows().get(i) != state.newest(i) || !referred) {
                return false;
            }
        }
        return true;
    }
}
