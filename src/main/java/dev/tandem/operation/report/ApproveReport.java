package dev.tandem.operation.report;

import java.time.Instant;
import java.util.List;

/** What the brake held until now, and lets go. */
public record ApproveReport(List<Approved> approved) {
    public ApproveReport {
        approved = List.copyOf(approved);
    }

    /**
     * The rest of a first sync or of an edit.
     *
     * @param what in words
     * @param records that were written to before it was held
     * @param effects that waited
     * @param heldSince when it was first held
     */
    public record Approved(String name, String what, long records, long effects, Instant heldSince) {}
}
