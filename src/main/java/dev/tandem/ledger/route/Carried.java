package dev.tandem.ledger.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.sweeps.Sweep;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;

/** What an exchange carries besides its body, as properties that a route can see. */
public final class Carried {
    /** The claimed item: {@link Work}. */
    public static final String WORK = "TandemWork";
    /** The candidate effect that is being delivered, as {@code effects.jslt} gave it. */
    public static final String CANDIDATE = "TandemCandidate";
    /** The effects that the call which follows is made for: a list of {@link Proposal}. */
    public static final String GRANTED = "TandemGranted";
    /** {@link System#nanoTime()} by which an intended call must be over, last byte read. */
    static final String DEADLINE = "TandemDeadline";
    /** True before a call that must not be sent twice. */
    static final String ONLY_ONCE = "TandemOnlyOnce";
    /** How the exchange ended, for who started it: {@code done}, {@code skipped} or a {@link Throwable}. */
    public static final String OUTCOME = "TandemOutcome";
    /** The id of the event that is being taken, as its sender gave it. */
    public static final String EVENT = "TandemEvent";
    /** True if events asked for the sweep. */
    static final String ON_EVENT = "TandemOnEvent";

    /** The sweep under way: {@link Sweep}. */
    public static final String SWEEP = "TandemSweep";
    /** How many rows it has read, and how many of them it has found changed: an {@link AtomicLong} each. */
    public static final String READ = "TandemRead";

    public static final String CHANGES = "TandemChanges";
    /** Which of the records that the next {@code ledger:mark} marks owe nothing as they were read: by flow, a set of their keys. */
    public static final String OWES_NOTHING = "TandemOwesNothing";
    /** The highest time of change that it has seen, in the source's own words. */
    public static final String WATERMARK = "TandemWatermark";
    /** Of whom it has shown records, if the source tells: a set of names, such as OSCaR's NGOs. */
    public static final String HOLDERS = "TandemHolders";
    /** What is known of a full read that went by windows of creation, which may have shown records in part only. */
    public static final String IN_WINDOWS = "TandemInWindows";
    /** True if the source answered with nothing at all, which proves nothing and moves no cursor. */
    public static final String NOTHING_READ = "TandemNothingRead";

    private Carried() {}

    public static Work work(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(WORK, Work.class))
                .orElseThrow(() -> new IllegalStateException(
                        "this route does not begin at ledger:claim: there is no work item to act on"));
    }

    /** {@code [{key, kind, state, confirmedValue, sent_at, sent}]}: sent is true of one that may have arrived. */
    public static ArrayNode effects(Exchange exchange) {
        ArrayNode effects = JsonNodeFactory.instance.arrayNode();
        work(exchange).effects().values().forEach(effect -> effects.add(seen(effect)));
        return effects;
    }

    private static ObjectNode seen(Effect effect) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", effect.key())
                .put("kind", effect.kind())
                .put("state", effect.state().name().toLowerCase(Locale.ROOT))
                .put("confirmedValue", effect.confirmedValue())
                // As mappings of the release before read it.
                .put("said", effect.confirmedValue())
                .put("sent_at", effect.sentAt() == null ? null : effect.sentAt().toString())
                .put("sent", effect.mayHaveArrived());
    }

    static Optional<Sweep> sweep(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(SWEEP, Sweep.class));
    }

    @SuppressWarnings("unchecked")
    static Set<String> holders(Exchange exchange) {
        return Set.copyOf(exchange.getProperty(HOLDERS, Set.of(), Set.class));
    }

    @SuppressWarnings("unchecked")
    static Set<String> owingNothing(Exchange exchange, String flow) {
        return (Set<String>)
                exchange.getProperty(OWES_NOTHING, Map.of(), Map.class).getOrDefault(flow, Set.of());
    }

    static Optional<JsonNode> candidate(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(CANDIDATE, JsonNode.class));
    }

    /**
     * Commits that these are about to be sent, and says by when the next call must be over.
     *
     * @return those that may be sent
     */
    public static List<Proposal> intend(Exchange exchange, List<Proposal> proposals, Terms terms) {
        // Taken before the commit: the call must be over when the ledger believes it is.
        long latest = System.nanoTime() + terms.deadline().toNanos();
        List<Proposal> granted = work(exchange).intend(proposals, terms);
        exchange.setProperty(GRANTED, granted);
        exchange.setProperty(DEADLINE, latest);
        exchange.setProperty(ONLY_ONCE, !terms.repeatable());
        return granted;
    }

    /**
     * Hands over to the ledger what came in the way of one effect, as the shared error handling does; the route goes on.
     *
     * @throws LostLease if this is no longer ours to write down
     */
    public static void failed(Exchange exchange, Throwable thrown, String key, String kind) {
        Throwable failure = DeadLetterAction.reason(thrown);
        if (failure instanceof LostLease lost) {
            throw lost;
        }
        DeadLetterAction.failed(exchange, work(exchange), failure, Optional.of(key), Optional.of(kind));
    }
}
