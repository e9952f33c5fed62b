package dev.tandem.observe;

/**
 * What makes a service degraded: it lives, is ready, and goes on with what it can, but a person should know. Each is a label
 * of the metric {@code tandem_degraded}.
 */
public enum Trouble {
    LEDGER(
            "ledger",
            "The ledger's database does not answer, is read-only, or its disk is full: nothing is marked, claimed or recorded.",
            "See that the database runs, can be reached and has room. Nothing is lost; the service goes on by itself."),
    GATE_CLOSED(
            "gate-closed",
            "A system refused the login, so no replica calls it any more, before the account is locked.",
            "Put user and password right and restart, or unlock the account there and say `reopen primero` or `reopen oscar`."),
    CALLS_HELD(
            "calls-held",
            "A system fails every call of one kind, such as new referrals to one NGO, while others succeed. The others of that kind are held; few are tried.",
            "Ask those who run that system to mend it. What is held goes by itself then; after ten failures say `reopen primero` or `reopen oscar`."),
    TARGET_DOWN(
            "target-down",
            "A system does not answer, or only with errors.",
            "See whether it runs and can be reached from here. What is owed is kept and tried again."),
    BREAKER_OPEN(
            "breaker-open",
            "A system failed so often that it is left alone for half a minute at a time.",
            "As for target-down. No attempt is used up meanwhile."),
    SWEEP_STALE(
            "stale-sweep",
            "A system has not been read to its end for two of its schedule's moments.",
            "Look in the log for \"the sweep of ... ended early\", and at `status`."),
    SWEEP_OWED(
            "owed-sweep",
            "The reading of a system was cut short, by the database, the system or the end of a process, and is not made up for yet.",
            "Nothing, if it passes: it begins again by itself, soon and then at least every ten minutes. If it stays, look in the log for \"the sweep of ... ended early\"."),
    FULL_SWEEP_STALE(
            "stale-full-sweep",
            "A system has not been read in full for two of its full schedule's moments: changes that move no clock are not seen.",
            "As for stale-sweep."),
    REFERRALS_HELD(
            "referrals-held",
            "OSCaR has never been read in full in this ledger's life, so referrals to it are held back.",
            "See why its feed fails (one NGO that is set up wrongly breaks all of it): log, `status`."),
    BRAKED(
            "braked",
            "The first sync, or an edit of mappings or code lists, would write to more records than `tandem.brake`: the rest waits.",
            "Look at `status` and at some of the records that were written to. If they are right, say `approve`; if not, correct the edit first."),
    PARKED(
            "parked",
            "More effects are parked than `tandem.alert.parked` allows.",
            "`dead-letters list` says for each what happened and what to do."),
    BACKLOG(
            "backlog",
            "A record has not been at rest for longer than `tandem.alert.pending-age`.",
            "`status` says why; look for a system that is down, or raise `tandem.workers`."),
    PAUSED(
            "paused",
            "A person has stopped a flow.",
            "Let it go on once what it was stopped for is done: JMX `resume`, or `POST /api/flows/FLOW/resume`."),
    EDIT_REJECTED(
            "edit-rejected",
            "The last edit of routes or mappings is faulty: the version before it goes on.",
            "Correct the file and line that are named; `validate` says whether all is well."),
    REPLICAS_DIFFER(
            "replicas-differ",
            "The services that share this ledger work with different routes, mappings or payload keys for longer than an edit takes.",
            "Give all the same files and key. Until then only those with the newest version work on records."),
    WEBHOOK_SILENT(
            "silent-webhook",
            "A system that used to send webhooks has stopped, while its records go on changing.",
            "See whether its webhook is still set up and can reach this service. The sweeps find everything meanwhile."),
    CLOCK_SKEW(
            "clock-skew",
            "The clock of this machine differs from the database's by more than a minute: schedules fire early or late.",
            "Set both right (NTP). Leases and retries go by the database's alone, and are not affected."),
    PAYLOAD_KEY(
            "payload-key",
            "Something in the ledger is encrypted under a key that is not known any more.",
            "Set that key as `tandem.payload.previous-key`, until a full sweep has written all anew.");

    private final String code;
    private final String words;
    private final String remedy;

    Trouble(String code, String words, String remedy) {
        this.code = code;
        this.words = words;
        this.remedy = remedy;
    }

    /** Its label, such as {@code gate-closed}. */
    public String code() {
        return code;
    }

    String words() {
        return words;
    }

    String remedy() {
        return remedy;
    }
}
