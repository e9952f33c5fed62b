package dev.tandem.sandbox.oscar;

import dev.tandem.sandbox.oscar.OscarSettings.RegistrationChoice;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The settings that a test may turn while the server runs. */
public final class Switches {
    private volatile boolean registered;
    private volatile ZoneId zone;
    private volatile Locale language;
    private volatile RegistrationChoice choice;
    private volatile boolean headRegression;
    private volatile AtOnce<Set<Referral>> upserts = new AtOnce<>(0);
    private volatile AtOnce<Map<String, SignIn.Session>> signIns = new AtOnce<>(0);
    private volatile Duration signInWindow = Duration.ZERO;
    private volatile Duration feedCost = Duration.ZERO;
    private volatile Duration gatewayCut = Duration.ZERO;

    Switches(OscarSettings settings) {
        registered = settings.registered();
        zone = settings.zone();
        language = settings.language();
        choice = settings.choice();
        headRegression = settings.headRegression();
    }

    /** Whether the e-mail belongs to an external system (contract oscar-interop §1.2). */
    public void registered(boolean is) {
        registered = is;
    }

    public void zone(ZoneId of) {
        zone = of;
    }

    /** The language that leaked into the workers (T21); {@code locale=} in the query pins another. */
    public void language(Locale of) {
        language = of;
    }

    public void choice(RegistrationChoice of) {
        choice = of;
    }

    public void headRegression(boolean is) {
        headRegression = is;
    }

    /**
     * Sign-ins stand that long between reading and writing the one column in which all tokens are: those that overlap lose all
     * tokens but one (contract oscar-interop §12).
     */
    public void signInWindow(Duration open) {
        signInWindow = open;
    }

    Duration signInWindow() {
        return signInWindow;
    }

    /** The next so many upserts look before any of them writes, as calls of one moment do (contract oscar-interop §12). */
    public void upsertsAtOnce(int calls) {
        upserts = new AtOnce<>(calls);
    }

    /** Likewise sign-ins: each writes the tokens that it has read, and its own (§12). */
    public void signInsAtOnce(int calls) {
        signIns = new AtOnce<>(calls);
    }

    AtOnce<Set<Referral>> upsertsAtOnce() {
        return upserts;
    }

    AtOnce<Map<String, SignIn.Session>> signInsAtOnce() {
        return signIns;
    }

    /**
     * What a row of the feed costs, and after how long the gateway in front gives up, in simulated time: nobody waits, but an
     * answer that would take longer is its 504, and the work was for nothing. Rails sends nothing before the last row is made.
     */
    public void gateway(Duration costOfRow, Duration cut) {
        feedCost = costOfRow;
        gatewayCut = cut;
    }

    boolean gatewayCuts(int rows) {
        return !gatewayCut.isZero() && feedCost.multipliedBy(rows).compareTo(gatewayCut) > 0;
    }

    boolean registered() {
        return registered;
    }

    ZoneId zone() {
        return zone;
    }

    Locale language() {
        return language;
    }

    RegistrationChoice choice() {
        return choice;
    }

    boolean headRegression() {
        return headRegression;
    }
}
