package dev.tandem.ledger.route;

import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;

/**
 * What a step can ask of the ledger:
 *
 * <ul>
 *   <li>{@code mark} (flow, record, stamp, ignoring): marks the records of the body, one or a list: a
 *       {@link dev.tandem.ledger.links.Mark}, a JSON object with its key at {@code record}, or a text, the key of a record of which
 *       nothing else is known
 *   <li>{@code begin-sweep} (source, after): ends the route here if another sweep of that source is under way
 *   <li>{@code complete-sweep} (source): moves the cursor, once everything is marked
 *   <li>{@code want-sweep} (source): asks for a sweep that shows the names in the body, on behalf of the event whose id is
 *       carried; the body becomes false if that event was taken before
 *   <li>{@code once}: in a route that begins by a schedule, ends it here if another replica has begun it for this moment
 *   <li>{@code heard} (source): notes that the source's events come
 *   <li>{@code lock}: takes the target's lock named by the body; ends the route here if another item holds it
 *   <li>{@code read} (ignoring): the body, a JSON object, is the record as it is now, with which the item settles
 *   <li>{@code recall}: what the ledger has of the record's effects becomes the property {@code effects}, a JSON array
 *   <li>{@code decide} (once): leaves of the candidates in the body those that are owed now, in order
 *   <li>{@code consider}: the body, one of them, is the one that the steps after this are about; its kind is the header
 *       {@code TandemKind}
 *   <li>{@code intend} (deadline, repeatable, onlyIfChanged, after, ignoring, beside, facts): commits that the body is about to be sent for the
 *       candidate; ends the route here if it may not be
 *   <li>{@code confirm} (shownBy): the target has it
 *   <li>{@code told-apart}: the call was answered; more is to be called before it is confirmed
 *   <li>{@code dead-letter}: something came in the way; the ledger decides whether to try again, wait or park
 *   <li>{@code settle}: lays the item down
 *   <li>{@code forget} (keep): removes what need not be kept any longer
 * </ul>
 */
@FunctionalInterface
interface LedgerAction extends Processor {
    List<String> NAMES = List.of(
            "mark",
            "begin-sweep",
            "complete-sweep",
            "want-sweep",
            "once",
            "heard",
            "lock",
            "read",
            "recall",
            "decide",
            "consider",
            "intend",
            "told-apart",
            "confirm",
            "dead-letter",
            "settle",
            "forget");

    static LedgerAction of(String name, LedgerEndpoint endpoint) {
        return switch (name) {
            case "mark" -> new MarkAction(endpoint);
            case "begin-sweep" -> new BeginSweepAction(endpoint);
            case "complete-sweep" -> new CompleteSweepAction(endpoint);
            case "want-sweep" -> new WantSweepAction(endpoint);
            case "once" -> new OnceAction(endpoint);
            case "heard" -> new HeardAction(endpoint);
            case "lock" -> new LockAction();
            case "read" -> new ReadAction(endpoint);
            case "recall" -> new RecallAction();
            case "decide" -> new DecideAction(endpoint);
            case "consider" -> new ConsiderAction();
            case "intend" -> new IntendAction(endpoint);
            case "told-apart" -> exchange -> Carried.work(exchange).distinct();
            case "confirm" -> confirm(endpoint.getShownBy());
            case "dead-letter" -> new DeadLetterAction(endpoint);
            case "forget" -> new ForgetAction(endpoint);
            case "settle" -> exchange -> Carried.work(exchange).settle();
            default ->
                throw new IllegalArgumentException("there is no ledger:" + name
                        + "; a step can be ledger: followed by one of " + String.join(", ", NAMES));
        };
    }

    private static LedgerAction confirm(String shownBy) {
        return shownBy.isBlank()
                ? LedgerAction::confirm
                : exchange -> Carried.work(exchange).confirmToBeShownBy(shownBy);
    }

    /** After the last of a record's effects comes nothing but its settling, in one transaction with this. */
    private static void confirm(Exchange exchange) {
        if (exchange.getProperty(ExchangePropertyKey.SPLIT_COMPLETE, false, Boolean.class)) {
            Carried.work(exchange).confirmWithTheNext();
        } else {
            Carried.work(exchange).confirm();
        }
    }

    /** The parts of an option that lists several, with commas. */
    static List<String> list(String option) {
        return Arrays.stream(option.split(","))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
