package dev.tandem.observe;

import dev.tandem.call.Reachability;
import dev.tandem.ledger.GateBook;
import java.util.HashMap;
import java.util.Map;

/** Has the ledger know which systems answer, so that any process can say so; written only when that changes. */
final class SystemStates {
    private final Watched watched;
    private final GateBook book;
    private final Map<String, Boolean> written = new HashMap<>();

    SystemStates(Watched watched, GateBook book) {
        this.watched = watched;
        this.book = book;
    }

    void look() {
        for (String system : watched.systems()) {
            Reachability.Found found = watched.reachability().apply(system);
            boolean down = found.down();
            boolean well = found.known() && found.failures() == 0;
            if ((down || well) && !Boolean.valueOf(down).equals(written.get(system))) {
                if (down) {
                    book.unanswered(
                            system,
                            found.failingSince().orElseThrow(),
                            found.code() + (found.words().isEmpty() ? "" : ": " + found.words()));
                } else {
                    book.answered(system);
                }
                written.put(system, down);
            }
        }
    }
}
