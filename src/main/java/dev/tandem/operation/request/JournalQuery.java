package dev.tandem.operation.request;

import dev.tandem.ledger.history.JournalSearch;
import java.time.Instant;
import java.util.Optional;

/** Which lines of the journal: all that is given must hold. */
public record JournalQuery(
        Optional<String> record,
        Optional<String> flow,
        Optional<String> event,
        Optional<String> code,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Long> before,
        Integer limit) {
    /** The most lines at once. */
    public static final int MOST = 1000;

    public JournalQuery {
        record = RequestRefused.oneLine("record", record);
        flow = RequestRefused.oneLine("flow", flow);
        event = RequestRefused.oneLine("event", event);
        code = RequestRefused.oneLine("code", code);
        limit = limit == null ? Integer.valueOf(200) : limit;
        if (limit < 1 || limit > MOST) {
            throw RequestRefused.field("limit", "a number from 1 to " + MOST);
        }
    }

    public JournalSearch.Filter filter() {
        return new JournalSearch.Filter(record, flow, event, code, from, to, before);
    }
}
