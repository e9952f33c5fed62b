package dev.tandem.operation.report;

import java.time.Instant;
import java.util.List;

/** What the brake held until now, and lets go. */
public record ApproveReport(List<Approved> approved) implements Report {
    /**
     * The rest of a first sync or of an edit.
     *
     * @param what in words
     * @param records that were written to before it was held
     * @param effects that waited
     * @param heldSince when it was first held
     */
    public record Approved(String name, String what, long records, long effects, Instant heldSince) {
        private String sentence() {
            return "Approved: " + what + ". It had written to " + records + " records; " + effects
                    + " effects had waited since " + heldSince
                    + " and are sent now by a running service, or by the next sync.";
        }
    }

    public ReportText text() {
        return new ReportText()
                .sentences(
                        approved.isEmpty()
                                ? List.of("Nothing is held.")
                                : approved.stream().map(Approved::sentence).toList());
    }
}
