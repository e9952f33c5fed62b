package dev.tandem.observe;

import dev.tandem.ledger.storage.Flow;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The metrics that are not {@linkplain Figure figures of a flow}: their names, labels and words, for the service and the page. */
enum Gauge {
    EFFECTS(
            "tandem_effects_total",
            true,
            "flow, kind, outcome",
            "Effects by outcome, in this process since it started."),
    RECORDS(
            "tandem_records_total",
            true,
            "flow, outcome",
            "Records `marked` (they may need work) and `settled` by this process since it started."),
    GATE_CLOSED(
            "tandem_gate_closed",
            false,
            "system",
            "1 while Tandem makes no call to the system, because it refused the login; `reopen` opens the gate."),
    CALLS_HELD(
            "tandem_calls_held",
            false,
            "system",
            "Effects that are held because the system fails every call of their kind."),
    TARGET_DOWN(
            "tandem_target_down",
            false,
            "system",
            "1 while this process gets no answer from the system, for several calls in a row."),
    BREAKER_OPEN(
            "tandem_breaker_open",
            false,
            "system",
            "1 while this process leaves the system alone for half a minute at a time, because it failed again and again."),
    DRIFT(
            "tandem_drift",
            false,
            "system",
            "What has drifted in the system since it was first examined, or fails by it: fields, rights, codes, NGOs."),
    DEGRADED(
            "tandem_degraded",
            false,
            "reason",
            "1 while the reason applies; the reasons are below. Alerts use this metric; it never ends or restarts a process."),
    UNDELIVERED_NOTICES(
            "tandem_undelivered_notices",
            false,
            "channel",
            "[Notices](../operate/notices.md) that could not be sent by this way (`mail`, `webhook`), and are tried again."),
    PARITY_RATIO(
            "tandem_parity_ratio",
            false,
            "",
            "The share of records in step, from 0 to 1, as the last comparison of everything found it; absent before the"
                    + " first."),
    PARITY_RECORDS("tandem_parity_records", false, "", "How many records that comparison had."),
    PARITY_IN_STEP("tandem_parity_in_step", false, "", "How many of them were in step."),
    PARITY_PENDING(
            "tandem_parity_pending", false, "", "How many of the others had only differences that were on their way."),
    PARITY_DIFFERENCES(
            "tandem_parity_differences",
            false,
            "kind",
            "How many differences of a kind it found ([kinds](../develop/in-step.md#the-kinds))."),
    PARITY_TIMESTAMP(
            "tandem_parity_timestamp_seconds", false, "", "When it ended, in seconds since 1970; 0 if there was none."),
    READING_AGE(
            "tandem_reading_age_seconds",
            false,
            "",
            "The age of the numbers that come from the ledger, which Tandem reads every few seconds.");

    /** What a flow's effects can be, and what can come of them: all are there, at 0, from the start. */
    static final List<String> OUTCOMES = List.of(
            "sent", "already-there", "waiting", "parked", "possible-repeat", "baseline", "retried", "discarded");

    /** What can differ between both systems. */
    static final List<String> DIFFERENCES = List.of(
            "case-without-client",
            "client-without-case",
            "two-cases-one-number",
            "two-clients-one-case",
            "ids-or-link-differ",
            "referral-not-there",
            "decision-differs",
            "field-differs",
            "service-row-missing",
            "cannot-be-compared");

    static final List<String> RECORD_OUTCOMES = List.of("marked", "settled");

    private final String metric;
    private final boolean counter;
    private final String labels;
    private final String words;

    Gauge(String metric, boolean counter, String labels, String words) {
        this.metric = metric;
        this.counter = counter;
        this.labels = labels;
        this.words = words;
    }

    /** The kinds of effects of a flow: those that its route names, and the ledger's own. */
    static Set<String> kinds(Flow flow) {
        Set<String> kinds = new TreeSet<>(flow.kinds());
        kinds.add("read");
        return kinds;
    }

    String metric() {
        return metric;
    }

    boolean counter() {
        return counter;
    }

    String labels() {
        return labels;
    }

    String words() {
        return words;
    }
}
