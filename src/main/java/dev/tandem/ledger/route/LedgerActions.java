package dev.tandem.ledger.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;

/** The steps {@code ledger:ACTION} by name. What each does and takes: docs/edit/routes.md. */
final class LedgerActions {
    /** Far longer than a signed event is taken for after it was signed: five minutes, before and after. */
    private static final Duration SIGNED_AT_MOST = Duration.ofHours(1);

    private static final Map<String, Function<LedgerEndpoint, Processor>> ACTIONS = Map.ofEntries(
            Map.entry("mark", MarkAction::new),
            Map.entry("begin-sweep", endpoint -> new RouteGuard(new BeginSweepAction(endpoint))),
            Map.entry("complete-sweep", CompleteSweepAction::new),
            Map.entry("request-sweep", LedgerActions::requestSweep),
            Map.entry("event-received", LedgerActions::eventReceived),
            Map.entry("once", LedgerActions::once),
            Map.entry("lock", endpoint -> lock()),
            Map.entry("read", LedgerActions::read),
            Map.entry("recall", endpoint -> exchange -> exchange.setProperty("effects", Carried.effects(exchange))),
            Map.entry("decide", LedgerActions::decide),
            Map.entry("consider", endpoint -> LedgerActions::consider),
            Map.entry("intend", endpoint -> new RouteGuard(new IntendAction(endpoint))),
            Map.entry(
                    "note-answer",
                    endpoint -> exchange -> Carried.work(exchange).noteAnswer()),
            Map.entry("confirm", LedgerActions::confirm),
            Map.entry("dead-letter", DeadLetterAction::new),
            Map.entry("settle", endpoint -> exchange -> Carried.work(exchange).settle()),
            Map.entry("forget", LedgerActions::forget));

    static final Set<String> NAMES = new TreeSet<>(ACTIONS.keySet());

    private LedgerActions() {}

    static Processor of(LedgerEndpoint endpoint) {
        String name = endpoint.options().action();
        if (!ACTIONS.containsKey(name)) {
            throw new IllegalArgumentException("there is no ledger:" + name
                    + "; a step can be ledger: followed by one of " + String.join(", ", NAMES));
        }
        return ACTIONS.get(name).apply(endpoint);
    }

    private static Processor requestSweep(LedgerEndpoint endpoint) {
        String source = endpoint.options().required("source");
        return exchange -> {
            List<?> names = exchange.getMessage().getMandatoryBody(List.class);
            String event = exchange.getProperty(Carried.EVENT, String.class);
            if (event == null) {
                throw new IllegalStateException("ledger:request-sweep without the id of an event");
            }
            exchange.getMessage()
                    .setBody(endpoint.ledger()
                            .sweepRequests()
                            .request(
                                    source,
                                    event,
                                    names.stream().map(String.class::cast).toList()));
        };
    }

    private static Processor eventReceived(LedgerEndpoint endpoint) {
        String source = endpoint.options().required("source");
        return exchange -> endpoint.ledger().eventActivity().event(source);
    }

    /** Every replica's schedule fires; the first one takes the moment. */
    private static RouteGuard once(LedgerEndpoint endpoint) {
        return new RouteGuard(exchange -> {
            Date due = exchange.getMessage().getHeader(SweepHeaders.DUE, Date.class);
            return due == null || endpoint.ledger().moments().take(exchange.getFromRouteId(), due.toInstant());
        });
    }

    /** Whoever does not get the lock has given back its item. */
    private static RouteGuard lock() {
        return new RouteGuard(
                exchange -> Carried.work(exchange).lock(exchange.getMessage().getMandatoryBody(String.class)));
    }

    private static Processor read(LedgerEndpoint endpoint) {
        Content content = new Content(endpoint.options());
        return exchange -> Carried.work(exchange)
                .result()
                .read(content.of(exchange.getMessage().getMandatoryBody(JsonNode.class)));
    }

    private static Processor decide(LedgerEndpoint endpoint) {
        Set<String> once = Set.copyOf(endpoint.options().list("once"));
        return exchange -> {
            List<JsonNode> candidates = new ArrayList<>();
            exchange.getMessage().getMandatoryBody(JsonNode.class).forEach(candidates::add);
            exchange.getMessage().setBody(Carried.work(exchange).decide(candidates, once));
        };
    }

    private static void consider(Exchange exchange) throws Exception {
        JsonNode candidate = exchange.getMessage().getMandatoryBody(JsonNode.class);
        exchange.setProperty(Carried.CANDIDATE, candidate);
        exchange.getMessage().setHeader("TandemKind", candidate.path("kind").asText());
    }

    /** After the last of a record's effects comes nothing but its settling, in one transaction with this. */
    private static Processor confirm(LedgerEndpoint endpoint) {
        return endpoint.options()
                .find("readBackBy")
                .<Processor>map(flow -> exchange -> Carried.work(exchange).confirmToBeShownBy(flow))
                .orElse(exchange -> {
                    if (exchange.getProperty(ExchangePropertyKey.SPLIT_COMPLETE, false, Boolean.class)) {
                        Carried.work(exchange).confirmWithTheNext();
                    } else {
                        Carried.work(exchange).confirm();
                    }
                });
    }

    private static Processor forget(LedgerEndpoint endpoint) {
        Duration keep = endpoint.options().duration("keep");
        return exchange -> {
            Ledger ledger = endpoint.ledger();
            ledger.housekeeping().forgetEvents(SIGNED_AT_MOST);
            exchange.getMessage().setBody(ledger.housekeeping().forgetJournal(keep));
        };
    }
}
