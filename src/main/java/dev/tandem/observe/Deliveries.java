package dev.tandem.observe;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.storage.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process delivers, as a line for each flow: once a minute at most, none while nothing is sent, and a last one at its end. */
public final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tandem.deliveries");
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final List<String> OUTCOMES = List.of("sent", "already-there", "waiting", "parked", "discarded");

    private final Ledger ledger;
    private final TreeSet<String> flows = new TreeSet<>();
    private Map<Tally.Entry, Long> before;
    private Map<Tally.Entry, Long> last;
    private Instant told = Instant.EPOCH;

    public Deliveries(Ledger ledger) {
        this.ledger = ledger;
        before = ledger.tally().counts();
        last = before;
    }

    /** Once what was begun has come to rest, or has gone on for a minute. */
    synchronized void look(LedgerReading reading) {
        Map<Tally.Entry, Long> now = ledger.tally().counts();
        boolean rests = now.equals(last);
        last = now;
        reading.flows().forEach(flow -> flows.add(flow.flow()));
        if (!rests && told.equals(Instant.EPOCH)) {
            told = reading.at().minus(EVERY).plusSeconds(10);
        }
        if (!reading.at().isBefore(told.plus(EVERY)) && !news(now).isEmpty()) {
            told = reading.at();
            write(now, reading.flows().stream().map(FlowReading::unsettled).toList());
        }
    }

    private void write(Map<Tally.Entry, Long> now, List<LedgerStatus.Unsettled> left) {
        news(now)
                .forEach((flow, what) -> LOG.info(
                        "{}: {}{}",
                        flow,
                        String.join("; ", what),
                        left.stream()
                                .filter(one -> one.flow().equals(flow))
                                .findFirst()
                                .map(one -> ". Now " + (one.pending() + one.leased()) + " pending, " + one.waiting()
                                        + " waiting, " + one.parked() + " parked")
                                .orElse("")));
        before = now;
    }

    private Map<String, List<String>> news(Map<Tally.Entry, Long> now) {
        Map<String, List<String>> news = new HashMap<>();
        for (String flow : flows) {
            List<String> parts = new ArrayList<>();
            for (String outcome : OUTCOMES) {
                List<String> kinds = new ArrayList<>();
                now.forEach((entry, count) -> {
                    long more = count - before.getOrDefault(entry, 0L);
                    if (more > 0 && entry.flow().equals(flow) && entry.outcome().equals(outcome)) {
                        kinds.add(more + " " + entry.kind());
                    }
                });
                if (!kinds.isEmpty()) {
                    parts.add(outcome.replace('-', ' ') + " " + String.join(", ", kinds));
                }
            }
            if (!parts.isEmpty()) {
                news.put(flow, parts);
            }
        }
        return news;
    }

    /** What was in work is finished. */
    @Override
    public synchronized void close() {
        Map<Tally.Entry, Long> now = ledger.tally().counts();
        if (!news(now).isEmpty()) {
            List<LedgerStatus.Unsettled> left;
            try {
                left = ledger.status().unsettled(flows);
            } catch (RuntimeException away) {
                left = List.of();
            }
            write(now, left);
        }
    }
}
