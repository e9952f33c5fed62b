package dev.tandem.observe;

import java.util.Arrays;
import java.util.List;

/**
 * What makes a service degraded: it lives, is ready, and goes on with what it can, but a person should know. Each is a label
 * of the metric {@code tandem_degraded}.
 */
public enum Trouble {
    LEDGER(
            "ledger",
            "The ledger's database does not answer, is read-only, or its disk is full: nothing is marked, claimed or recorded.",
            "Check that the database runs, can be reached and has room. Nothing is lost; the service then goes on"
                    + " without your help."),
    GATE_CLOSED(
            "gate-closed",
            "A system refused the login. No replica calls it any more, so that the account is not locked.",
            "Correct user and password and restart, or unlock the account there and run `reopen primero` or `reopen oscar`.",
            "{} may be called again"),
    CALLS_HELD(
            "calls-held",
            "A system fails every call of one kind, such as new referrals to one NGO, while other calls succeed."
                    + " Tandem tries few calls of that kind and holds the rest.",
            "Ask the system's operators to fix it. Tandem then sends what is held; after ten failures run `reopen"
                    + " primero` or `reopen oscar`.",
            "{} answers calls of every kind again"),
    TARGET_DOWN(
            "target-down",
            "A system does not answer, or only with errors.",
            "Check that it runs and can be reached from here. Tandem keeps what is owed and tries again.",
            "{} answers again"),
    BREAKER_OPEN(
            "breaker-open",
            "A system failed so often that Tandem leaves it alone for half a minute at a time.",
            "The same as for target-down. No attempt is used up meanwhile."),
    SWEEP_STALE(
            "stale-sweep",
            "Tandem has not read a system's changes to the end for two scheduled times.",
            "Read `status`, and look in the log for \"the sweep of ... ended early\".",
            "{} is read by its schedule again"),
    SWEEP_OWED(
            "owed-sweep",
            "The database, the system or the end of a process cut a sweep short, and it is not complete yet.",
            "Wait: Tandem starts the sweep again, soon and then at least every ten minutes. If this stays, look in"
                    + " the log for \"the sweep of ... ended early\"."),
    FULL_SWEEP_STALE(
            "stale-full-sweep",
            "Tandem has not read a system in full for two scheduled times. It misses changes that move no time of change.",
            "The same as for stale-sweep.",
            "{} is read in full by its schedule again"),
    REFERRALS_HELD(
            "referrals-held",
            "Tandem has never read OSCaR in full since this ledger was created, so it holds back referrals to OSCaR.",
            "Read the log and `status` to see why OSCaR's feed fails. One NGO with a wrong setup breaks all of it."),
    BRAKED(
            "braked",
            "The first sync, or an edit of mappings or code lists, would write to more records than `tandem.brake`: the rest waits.",
            "Read `status`, and look at some of the records that were written. If they are right, run `approve`; if"
                    + " not, correct the edit first."),
    PARKED(
            "parked",
            "More effects are parked than `tandem.alert.parked` allows.",
            "`dead-letters list` says for each what happened and what to do.",
            "No more effects are parked than tandem.alert.parked allows"),
    BACKLOG(
            "backlog",
            "A record has been open for longer than `tandem.alert.pending-age`.",
            "Read `status`; look for a system that is down, or raise `tandem.workers`.",
            "{}: no record is open for longer than tandem.alert.pending-age"),
    PAUSED(
            "paused",
            "A person has paused a flow.",
            "Resume it once the reason for the pause is gone: `resume` in JMX, or `POST /api/flows/FLOW/resume`."),
    EDIT_REJECTED(
            "edit-rejected",
            "The last edit of routes or mappings is faulty. The version before stays in force.",
            "Correct the named file and line; `validate` checks the result."),
    MAPPING_GOES_ON(
            "mapping-goes-on",
            "A mapping was given up because its time was over, and has not ended: it keeps a processor busy. After two of"
                    + " them Tandem parks what needs that mapping.",
            "Correct the mapping, then restart this service: nothing else ends what still runs."),
    REPLICAS_DIFFER(
            "replicas-differ",
            "The services that share this ledger use different routes, mappings or payload keys for longer than an"
                    + " edit takes.",
            "Give all services the same files and key. Until then only those with the newest version process records."),
    WEBHOOK_SILENT(
            "silent-webhook",
            "A system no longer sends webhooks, although its records change.",
            "Check that its webhook is still set up and can reach this service. The sweeps find everything meanwhile.",
            "{} sends webhooks again"),
    NOTICES_UNDELIVERED(
            "undelivered-notices",
            "Notices cannot be sent by mail or webhook: nobody is told of what needs a person.",
            "Check `tandem.notices.*` and the mail server or the receiver of the webhook; the log names the error. Tandem keeps"
                    + " the notices and tries again, at least every hour."),
    CLOCK_SKEW(
            "clock-skew",
            "The clocks of this machine and of the database differ by more than a minute. Schedules fire early or late.",
            "Correct both clocks (NTP). Leases and retries use only the database's clock and are not affected.",
            "The clocks of this machine and of the database agree again"),
    DRIFT(
            "drift",
            "The daily examination of both systems found something that fails, or will: a form field, a right, a code or an NGO"
                    + " has changed there.",
            "`doctor` shows all of it, with what to do. Tandem examines the systems again after an edit, and daily."),
    PAYLOAD_KEY(
            "payload-key",
            "Something in the ledger is encrypted with a key that is no longer set.",
            "Set that key as `tandem.payload.previous-key` until a full sweep has written everything again.",
            "All that the ledger keeps can be read again");

    private final String code;
    private final String words;
    private final String remedy;
    private final String over;

    /** What tells of its beginning and end in the log by itself, or is so at each start. */
    Trouble(String code, String words, String remedy) {
        this(code, words, remedy, "");
    }

    /** @param over what the log says at its end; {@code {}} stands for what it is about */
    Trouble(String code, String words, String remedy, String over) {
        this.code = code;
        this.words = words;
        this.remedy = remedy;
        this.over = over;
    }

    static Trouble of(String code) {
        return Arrays.stream(values())
                .filter(trouble -> trouble.code.equals(code))
                .findFirst()
                .orElseThrow();
    }

    boolean isLogged() {
        return !over.isEmpty();
    }

    String over(String subject) {
        return over.replace("{}", subject);
    }

    /** Its label, such as {@code gate-closed}. */
    public String code() {
        return code;
    }

    /** The smaller, the sooner a person should look: the order of this list. */
    static int urgency(String code) {
        List<String> codes = Arrays.stream(values()).map(Trouble::code).toList();
        return codes.contains(code) ? codes.indexOf(code) : codes.size();
    }

    String words() {
        return words;
    }

    String remedy() {
        return remedy;
    }
}
