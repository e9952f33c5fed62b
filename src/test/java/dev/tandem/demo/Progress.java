package dev.tandem.demo;

import java.util.Locale;
import java.util.Map;

/**
 * How one child stands on both sides, as read from both.
 *
 * @param ids whether each side that should know the other's id does
 */
record Progress(
        String child,
        String referred,
        String caseNumber,
        String inPrimero,
        String client,
        String inOscar,
        String clientStatus,
        boolean ids) {
    private static final Map<String, String> SAME =
            Map.of("in progress", "referred", "pending", "referred", "accepted", "accepted", "rejected", "exited");

    /** Both hold the child, know each other's ids, and say the same of the referral. */
    boolean inStep() {
        return ids && SAME.getOrDefault(inPrimero, "?").equals(inOscar.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "Progress[" + caseNumber + " " + client + "]";
    }
}
