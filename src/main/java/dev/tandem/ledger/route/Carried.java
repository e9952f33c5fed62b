package dev.tandem.ledger.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.sweeps.Sweep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** What an exchange carries besides its body, as properties that a route can see. */
public final class Carried {
    /** The claimed item: {@link Work}. */
    public static final String WORK = "TandemWork";
    /** The candidate effect that is being delivered, as {@code effects.jslt} gave it. */
    public static final String CANDIDATE = "TandemCandidate";
    /** What is to be intended, if it is not the body for the candidate: a list of {@link Proposal}. */
    public static final String PROPOSALS = "TandemProposals";
    /** What may be sent of it. */
    public static final String GRANTED = "TandemGranted";
    /** The sweep under way: {@link Sweep}. */
    public static final String SWEEP = "TandemSweep";
    /** Which of the records that the next {@code ledger:mark} marks owe nothing as they were read: by flow, a set of their keys. */
    public static final String OWES_NOTHING = "TandemOwesNothing";
    /** How many rows the sweep has read: an {@link java.util.concurrent.atomic.AtomicLong}. */
    public static final String READ = "TandemRead";
    /** How many of them the sweep has found changed: an {@link java.util.concurrent.atomic.AtomicLong}. */
    public static final String CHANGES = "TandemChanges";
    /** True if events asked for the sweep. */
    public static final String ON_EVENT = "TandemOnEvent";
    /** The id of the event that is being taken, as its sender gave it. */
    public static final String EVENT = "TandemEvent";
    /** The highest time of change seen by the sweep, in the source's own words. */
    public static final String WATERMARK = "TandemWatermark";
    /** {@link System#nanoTime()} by which an intended call must be over, last byte read. */
    public static final String DEADLINE = "TandemDeadline";
    /** True before a call that must not be sent twice. */
    public static final String ONLY_ONCE = "TandemOnlyOnce";

    /** Of whom the sweep has shown records, if the source tells: a set of names, such as OSCaR's NGOs. */
    public static final String HOLDERS = "TandemHolders";
    /** What is known of a full read that went by windows of creation, which may have shown records in part only. */
    public static final String IN_WINDOWS = "TandemInWindows";
    /** True if the source answered with nothing at all, which proves nothing and moves no cursor. */
    public static final String NOTHING_READ = "TandemNothingRead";
    /** How the exchange ended, for who started it: {@code done}, {@code skipped} or a {@link Throwable}. */
    public static final String OUTCOME = "TandemOutcome";

    private Carried() {}

    public static Work work(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(WORK, Work.class))
                .orElseThrow(() -> new IllegalStateException(
                        "this route does not begin at ledger:claim: there is no work item to act on"));
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

    @SuppressWarnings("unchecked")
    static Optional<List<Proposal>> proposals(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPOSALS, List.class));
    }
}
