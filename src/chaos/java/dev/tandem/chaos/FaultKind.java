package dev.tandem.chaos;

import java.util.Locale;

/** What can go wrong, by kind. */
enum FaultKind {
    /** A call that took effect, and whose answer never comes. */
    ANSWER_LOST(Family.CALL),
    /** The answers of several referrals in a row are lost, and those of their repeats. */
    LOST_AGAIN(Family.CALL),
    CALL_LOST(Family.CALL),
    /** The caller gives up before the call takes effect, which it then does. */
    TIMEOUT_BEFORE_EFFECT(Family.CALL),
    TIMEOUT_AFTER_EFFECT(Family.CALL),
    /** Several calls in a row are slow, but answered in time. */
    SLOW(Family.CALL),
    /** For some seconds a case's referrals are told half a second after they were read. */
    OLD_NEWS(Family.CALL),
    /** A slow save of a case that two NGOs have something for: it would overwrite what is saved meanwhile. */
    SLOW_SAVE(Family.CALL),
    /** A child is referred again when what its NGO changed is known and has to wait. */
    OVERTAKING(Family.CALL),
    ERROR_500(Family.CALL),
    ERROR_502_AFTER_EFFECT(Family.CALL),
    REFUSED_4XX(Family.CALL),
    HTML_200(Family.CALL),
    TRUNCATED_JSON(Family.CALL),
    BROKEN_JSON(Family.CALL),
    EMPTY_200(Family.CALL),
    /** OSCaR says 200 and has done nothing. */
    SWALLOWED_200(Family.CALL),
    RETRY_AFTER_429(Family.CALL),
    RETRY_AFTER_503(Family.CALL),
    TOKEN_EXPIRED(Family.CALL),
    SYSTEM_DOWN(Family.CALL),
    /** A case that is saved before others and seen after them. */
    LATE_COMMIT(Family.CALL),

    EVENTS_LOST(Family.EVENT),
    EVENTS_DOUBLED(Family.EVENT),
    EVENTS_LATE(Family.EVENT),
    EVENTS_SHUFFLED(Family.EVENT),

    /** {@code kill -9} of one, at any moment. */
    KILL(Family.PROCESS),
    /** Of all at once, with calls that have arrived and not taken effect, and others that wait; every second time they do later. */
    KILL_BEFORE_EFFECT(Family.PROCESS),
    /** The same after the calls took effect. */
    KILL_AFTER_EFFECT(Family.PROCESS),
    /** Of one that has an answer in its hands and cannot write it down. */
    KILL_UNRECORDED(Family.DATABASE),
    /** Of one that has read what changed and cannot mark it. */
    KILL_UNMARKED(Family.DATABASE),
    /** Stopped for longer than its lease, and woken. */
    STALLED(Family.PROCESS),
    /** Its clock is an hour fast, from a restart to the next. */
    WRONG_CLOCK(Family.DATABASE),
    /** One replica hears nothing of the database for longer than its lease. */
    CUT_OFF(Family.DATABASE),
    DATABASE_RESTART(Family.DATABASE),
    DISK_FULL(Family.DISK),
    /** A route or a mapping is broken, and put right some seconds later. */
    BROKEN_EDIT(Family.PROCESS);

    enum Family {
        CALL,
        EVENT,
        PROCESS,
        /** Where several may look at the ledger at once. */
        DATABASE,
        /** Where the ledger is a file on a disk of its own. */
        DISK
    }

    final Family family;

    FaultKind(Family family) {
        this.family = family;
    }

    /** Whether it is set at a simulator and stays there until a call meets it, whenever that comes. */
    boolean waitsForItsCall() {
        return switch (this) {
            case ANSWER_LOST,
                    LOST_AGAIN,
                    CALL_LOST,
                    TIMEOUT_AFTER_EFFECT,
                    SLOW,
                    ERROR_500,
                    ERROR_502_AFTER_EFFECT,
                    REFUSED_4XX,
                    HTML_200,
                    TRUNCATED_JSON,
                    BROKEN_JSON,
                    EMPTY_200,
                    SWALLOWED_200,
                    RETRY_AFTER_429,
                    RETRY_AFTER_503 -> true;
            default -> false;
        };
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
