package dev.tandem.observe;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that is wrong now.
 *
 * @param subject the system, flow or other thing that it is about; empty: all of Tandem
 * @param since when it began, if that is known
 * @param details what exactly, in a sentence; no personal data
 * @param remedy what to do
 */
public record Verdict(String reason, String subject, Optional<Instant> since, String details, String remedy) {
    static Verdict of(Trouble trouble, String subject, Optional<Instant> since, String details) {
        return new Verdict(trouble.code(), subject, since, details, trouble.remedy());
    }

    Trouble trouble() {
        return Trouble.of(reason);
    }

    String sentence() {
        return reason + ": " + details + " " + remedy;
    }
}
