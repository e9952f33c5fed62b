package dev.tandem.ledger.route;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.Processor;

/**
 * What a step can ask of the ledger:
 *
 * <ul>
 *   <li>{@code mark} (flow): marks the records of the body, one {@link dev.tandem.ledger.Mark} or a list
 *   <li>{@code begin-sweep} (source): ends the route here if another sweep of that source is under way
 *   <li>{@code complete-sweep} (source): moves the cursor, once everything is marked
 *   <li>{@code lock}: takes the target's lock named by the body; ends the route here if another item holds it
 *   <li>{@code decide} (once): leaves of the candidates in the body those that are owed now, in order
 *   <li>{@code intend} (deadline, repeatable, after, ignoring, facts): commits that the body is about to be sent for the
 *       candidate; ends the route here if it may not be
 *   <li>{@code confirm}: the target has it
 *   <li>{@code dead-letter}: something came in the way; the ledger decides whether to try again, wait or park
 *   <li>{@code settle}: lays the item down
 * </ul>
 */
@FunctionalInterface
interface LedgerAction extends Processor {
    /** The actions by name. */
    Map<String, Function<LedgerEndpoint, LedgerAction>> ALL = new TreeMap<>(Map.of(
            "mark", MarkAction::new,
            "begin-sweep", BeginSweepAction::new,
            "complete-sweep", CompleteSweepAction::new,
            "lock", LockAction::new,
            "decide", DecideAction::new,
            "intend", IntendAction::new,
            "confirm", endpoint -> exchange -> Carried.work(exchange).confirm(),
            "dead-letter", DeadLetterAction::new,
            "settle", endpoint -> exchange -> Carried.work(exchange).settle()));

    static LedgerAction of(String name, LedgerEndpoint endpoint) {
        Function<LedgerEndpoint, LedgerAction> action = ALL.get(name);
        if (action == null) {
            throw new IllegalArgumentException(
                    "there is no ledger:" + name + "; a step can be ledger: followed by one of " + ALL.keySet());
        }
        return action.apply(endpoint);
    }

    /** The parts of an option that lists several, with commas. */
    static List<String> list(String option) {
        return Arrays.stream(option.split(","))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
