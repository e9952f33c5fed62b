package dev.tandem.observe;

/**
 * One thing that is wrong now.
 *
 * @param details what exactly, in a sentence; no personal data
 * @param remedy what to do
 */
public record Verdict(String reason, String details, String remedy) {
    static Verdict of(Trouble trouble, String details) {
        return new Verdict(trouble.code(), details, trouble.remedy());
    }

    String sentence() {
        return reason + ": " + details + " " + remedy;
    }
}
