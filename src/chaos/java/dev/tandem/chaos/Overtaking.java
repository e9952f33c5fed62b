package dev.tandem.chaos;

import dev.tandem.chaos.Kept.Child;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import java.time.Duration;

/**
 * An NGO changes a client; it is known, and its work waits for a slow answer; then the child is referred to that NGO again. Sent
 * before that work is done, the referral would overwrite the change with what was known of the client before (protocol 6).
 */
final class Overtaking {
    /** Less than a call may take. A refusal would hold back the referral as well: all calls wait for a system that asks for it. */
    private static final Duration SLOW = Duration.ofMillis(2500);

    private static final int PATIENCE_MILLIS = 9000;

    private final Stage stage;
    private final History history;
    private final FaultInjection injection;
    private final Clients clients;

    Overtaking(Stage stage, History history, FaultInjection injection, Clients clients) {
        this.stage = stage;
        this.history = history;
        this.injection = injection;
        this.clients = clients;
    }

    String strike() {
        return clients.ofNgos(1, child -> history.shownClientOf(child)
                        .filter(client -> !history.isNumbered(client))
                        .isPresent())
                .filter(child -> injection.await(
                        PATIENCE_MILLIS, () -> history.shownClientOf(child).isPresent()))
                .map(this::strike)
                .orElse(InjectedFault.NOBODY);
    }

    private String strike(Child child) {
        Kept.Client client = history.shownClientOf(child).orElseThrow();
        Faults.Rule wait = stage.primero
                .faults()
                .times(
                        1,
                        Faults.on("GET", "/api/v2/cases/:id")
                                .and(request -> child.caseId.equals(request.pathValue("id"))),
                        Fault.latency(SLOW));
        history.number(child, client);
        boolean known = injection.await(PATIENCE_MILLIS, () -> wait.struck() > 0);
        wait.remove();
        if (known) {
            history.kept.numbers.put(client, child);
            history.referTo(child, client.ngo());
        }
        return known ? "a referral" : "no referral";
    }
}
