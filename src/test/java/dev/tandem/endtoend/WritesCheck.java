package dev.tandem.endtoend;

import static dev.tandem.endtoend.EndState.text;

import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.primero.Write;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Nothing was written that nobody owed, and no write said nothing. */
final class WritesCheck {
    private WritesCheck() {}

    static void of(EndState state) {
        Set<String> owed = new HashSet<>();
        Map<String, String> caseOf = new HashMap<>();
        state.feed.forEach(client -> state.casesFor(client).forEach(theCase -> {
            owed.add(text(theCase, "id"));
            caseOf.put(EndState.record(client), text(theCase, "id"));
        }));
        for (Write write : state.bench.primero.writesBy("tandem")) {
            if (!owed.contains(write.caseId())) {
                state.fault("a case of no client was written", write.caseId());
            } else if (!write.hadEffect()) {
                state.fault("a write without effect", write.caseId());
            }
        }
        for (ClientFacts client : state.bench.oscar.checks().clients()) {
            String record = client.organization() + "/" + client.slug();
            if (client.upserts() + client.linkWrites() + client.statusWrites() > 0 && !caseOf.containsKey(record)) {
                state.fault("a client of no case was written", record);
            }
            if (client.linkWrites() > 2) {
                state.fault("linked " + client.linkWrites() + " times", record);
            }
        }
    }
}
