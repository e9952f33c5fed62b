package dev.tandem.chaos;

import dev.tandem.chaos.Kept.Child;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.http.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Two NGOs have something for one case at once. Primero answers the first slowly, and its save of that case stands, with the
 * whole record as it was read, when a lease that was not renewed would have ended: what is written for the second meanwhile
 * would be overwritten (contract primero-v2 §3.10).
 */
final class SlowSave {
    /** Two of them are less than a lease, and one call more is too much; each is less than a call may take. */
    private static final Duration SLOW_READ = Duration.ofMillis(2100);

    /** Less than a call may take, on a machine that is slow itself. */
    private static final int STANDS_MILLIS = 1500;

    private static final int SETTLES_MILLIS = 300;

    private static final int PATIENCE_MILLIS = 9000;

    private final Stage stage;
    private final History history;
    private final FaultInjection injection;
    private final Clients clients;

    SlowSave(Stage stage, History history, FaultInjection injection, Clients clients) {
        this.stage = stage;
        this.history = history;
        this.injection = injection;
        this.clients = clients;
    }

    String strike() {
        return clients.ofNgos(2, child -> true).map(this::strike).orElse(InjectedFault.NOBODY);
    }

    private String strike(Child child) {
        List<Kept.Client> both = history.clientsOf(child);
        Predicate<Request> ofCase = request -> child.caseId.equals(request.pathValue("id"));
        Faults faults = stage.primero.faults();
        Faults.Rule reading =
                faults.times(1, Faults.on("GET", "/api/v2/cases/:id").and(ofCase), Fault.latency(SLOW_READ));
        Faults.Rule referrals =
                faults.times(1, Faults.on("GET", "/api/v2/cases/:id/referrals").and(ofCase), Fault.latency(SLOW_READ));
        Kept.In first = history.referToMinistry(child, both.get(0), child.number);
        boolean begun = injection.await(PATIENCE_MILLIS, () -> reading.struck() > 0);
        Hold save = stage.primero.holdNextSave(child.caseId);
        Kept.In second = history.referToMinistry(child, both.get(1), child.number + 1);
        boolean stood = begun && injection.await(PATIENCE_MILLIS, save::hasCall) && !history.arrived(first);
        if (stood && injection.await(STANDS_MILLIS, () -> history.arrived(second))) {
            // What wrote it is to be done with it before it is overwritten.
            History.pause(SETTLES_MILLIS);
        }
        save.release();
        reading.remove();
        referrals.remove();
        // No person saves this case before that.
        History.pause(SETTLES_MILLIS);
        return stood ? "two NGOs" : "one NGO";
    }
}
