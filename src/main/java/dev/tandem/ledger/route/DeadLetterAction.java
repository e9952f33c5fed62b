package dev.tandem.ledger.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.database.LedgerDatabase;
import dev.tandem.database.SqlState;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.outcome.Defect;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import dev.tandem.reader.Elapsed;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The end of the dead-letter channel: what came in the way goes to the ledger, which tries again, waits or parks; never a body
 * or the message of a foreign exception into the log.
 */
final class DeadLetterAction implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tandem.dead-letter");

    private final LedgerEndpoint endpoint;

    DeadLetterAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Throwable failure = reason(caught);
        Optional<Sweep> sweep = Carried.sweep(exchange);
        Work work = exchange.getProperty(Carried.WORK, Work.class);
        if (work == null && failure instanceof JdbiException) {
            failure = NotSent.unreachable(
                    "ledger",
                    "the ledger's database did not answer"
                            + SqlState.of(failure)
                                    .map(state -> " (SQL state " + state + ")")
                                    .orElse(""));
        }
        exchange.setProperty(Carried.OUTCOME, failure);
        if (sweep.isPresent()) {
            endedEarly(sweep.get(), failure, LedgerDatabase.lost(caught).isPresent());
            return;
        }
        if (work == null) {
            LOG.atLevel(unlessAway(caught)).log("the route {} failed: {}", exchange.getFromRouteId(), words(failure));
            return;
        }
        if (failure instanceof LostLease) {
            LOG.warn("{}", failure.getMessage());
            return;
        }
        Optional<JsonNode> candidate = Carried.candidate(exchange);
        failed(
                exchange,
                work,
                failure,
                candidate.map(node -> node.path("key").asText()),
                candidate.map(node -> node.path("kind").asText()));
    }

    /** A line when that begins, and the next one when a sweep is complete again; of the database's own outage that is told once. */
    private void endedEarly(Sweep sweep, Throwable failure, boolean databaseAway) {
        String why = words(failure);
        Ledger ledger = endpoint.ledger();
        String code = failure instanceof Setback setback ? setback.code() : "unexpected";
        boolean news = ledger.sweeps().abandon(sweep, code, why);
        LOG.atLevel(news && !databaseAway ? Level.WARN : Level.DEBUG)
                .log(
                        "the sweep of {} ended early: {}; after {}. A running service tries again until one is complete.",
                        sweep.source(),
                        why,
                        Elapsed.words(
                                Duration.between(sweep.beganAt(), ledger.clock().now())));
    }

    static void failed(Exchange exchange, Work work, Throwable failure, Optional<String> key, Optional<String> kind) {
        if (!(failure instanceof Setback)) {
            LOG.atLevel(unlessAway(failure))
                    .log(
                            "{} {}: {} at step {}",
                            work.flow(),
                            work.record(),
                            words(failure),
                            exchange.getProperty(Exchange.FAILURE_ENDPOINT, "?", String.class));
        }
        try {
            if (key.isEmpty() && work.noSuchRecord(failure)) {
                LOG.info("{} {}: no such record, although an event named it", work.flow(), work.record());
            } else {
                work.failed(failure, key, kind);
            }
        } catch (LostLease lost) {
            LOG.warn("{}", lost.getMessage());
        } catch (RuntimeException unwritable) {
            // Such as a key of many pages: then the record as a whole parks, so that it is listed.
            LOG.atLevel(unlessAway(unwritable))
                    .log(
                            "{} {}: the outcome of an effect cannot be written down: {}",
                            work.flow(),
                            work.record(),
                            words(unwritable));
            try {
                work.failed(unwritable, Optional.empty(), Optional.empty());
            } catch (RuntimeException again) {
                // Nothing is settled then. Thrown on, Camel would log the database's words.
                LOG.atLevel(unlessAway(again))
                        .log("{} {}: nor that: {}; its lease will run out", work.flow(), work.record(), words(again));
            }
        }
    }

    /** That the database is away is told once for the whole service. */
    private static Level unlessAway(Throwable failure) {
        return LedgerDatabase.lost(failure).isPresent() ? Level.DEBUG : Level.ERROR;
    }

    /** A setback may come wrapped by the circuit breaker or by a bean's call. */
    static Throwable reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Setback || cause instanceof LostLease) {
                return cause;
            }
        }
        return thrown == null ? new IllegalStateException("no exception was given") : thrown;
    }

    private static String words(Throwable failure) {
        return failure instanceof Setback || failure instanceof LostLease
                ? failure.getMessage()
                : "unexpected " + Defect.where(failure);
    }
}
