package dev.tandem.doctor;

import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.util.Locale;

/** What a check wanted to read and could not: it ends there, and says so. */
final class Unread extends RuntimeException {
    private static final int FORBIDDEN = 403;

    private final Level level;
    private final String remedy;

    Unread(Level level, String words, String remedy) {
        super(words, null, false, false);
        this.level = level;
        this.remedy = remedy;
    }

    /** @param what such as {@code the lookups} */
    static Unread of(String system, String what, Setback setback) {
        String name = named(system);
        if (isClosed(setback)) {
            return new Unread(Level.SKIPPED, "Not checked: " + name + " refused the login.", "");
        }
        if (setback instanceof Refused refused && refused.status() == FORBIDDEN) {
            return new Unread(
                    Level.WARN,
                    "Not checked: the account may not read " + what + " in " + name + " (403).",
                    "Give its role the right to read " + what + ", or look there by hand.");
        }
        if (setback instanceof Refused) {
            return new Unread(
                    Level.WARN, "Not checked: " + name + " refused to show " + what + " (" + setback.code() + ").", "");
        }
        return new Unread(
                Level.SKIPPED,
                "Not checked: " + name + " did not answer when asked for " + what + " (" + setback.code() + ").",
                "");
    }

    static Unread noRoute(String route) {
        return new Unread(
                Level.WARN,
                "Not checked: no route begins at direct:" + route + ".",
                "Copy doctor.camel.yaml of this release into the routes.");
    }

    static boolean isClosed(Setback setback) {
        return setback instanceof NotSent notSent && notSent.gate().isPresent();
    }

    static String named(String system) {
        return system.equals("oscar") ? "OSCaR" : system.substring(0, 1).toUpperCase(Locale.ROOT) + system.substring(1);
    }

    Level level() {
        return level;
    }

    String remedy() {
        return remedy;
    }
}
