package dev.tandem.chaos;

import dev.tandem.sandbox.http.Call;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which answers can have been lost, as the simulator and the run know it; never by what Tandem says. */
final class LostAnswers {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    private final Instant began;
    private final List<InjectedFault> faults;
    private final Map<String, List<Call>> calls = new HashMap<>();
    private long lost;

    LostAnswers(Stage stage, Instant began, List<InjectedFault> faults) {
        this.began = began;
        this.faults = faults.stream().filter(InjectedFault::losesAnswers).toList();
        for (Call call : stage.oscar.calls().list("POST", UPSERT)) {
            if (call.outcome() >= 200 && call.outcome() < 300) {
                calls.computeIfAbsent(
                                key(
                                        call.ids().get("organization_name"),
                                        call.ids().get("external_id")),
                                key -> new ArrayList<>())
                        .add(call);
                lost += call.fault().isPresent() && !call.fault().get().equals("hold-call") ? 1 : 0;
            }
        }
    }

    /** Answers that a simulator itself did not give, of calls that took effect. */
    long knownToSimulator() {
        return lost;
    }

    /** Whether the call that made this referral can have lost its answer. */
    boolean wasLost(ReferralFacts referral, String caseId) {
        Instant made = referral.createdAt();
        boolean struck = calls.getOrDefault(key(referral.organization(), caseId), List.of()).stream()
                .filter(call -> !call.at().isAfter(made))
                .max(Comparator.comparing(Call::at))
                .flatMap(Call::fault)
                .isPresent();
        return struck || faults.stream().anyMatch(fault -> around(fault, made));
    }

    /** From when the call can have been under way, or its answer in somebody's hands. */
    private boolean around(InjectedFault fault, Instant made) {
        long at = Duration.between(began, made).toMillis();
        return at >= fault.fromMillis() - 2000 && at <= fault.untilMillis() + 1000L * (Stage.CALL_SECONDS + 1);
    }

    private static String key(String ngo, String caseId) {
        return ngo + " " + caseId;
    }
}
