package dev.tandem.ledger.links;

import dev.tandem.ledger.storage.Storable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of a record and what it belongs to at the other side.
 *
 * @param record the record it is a part of, such as {@code cif/exam-101}
 * @param entry its key within all records of the flow, such as {@code cif:12:<uuid>}
 * @param counterpart the other system's record
 * @param role what it is there, such as {@code row} or {@code answer}
 * @param rowId the row it is, or answers
 * @param referralId the referral it answers
 * @param shows the status it was first seen with, where that was not noted with a mark
 * @param states what was read of it and of its record with each mark since, as far as that changed
 */
public record EntryMatch(
        String record,
        String entry,
        Optional<String> counterpart,
        Optional<String> role,
        Optional<String> rowId,
        Optional<String> referralId,
        Optional<String> shows,
        List<String> states,
        Instant firstSeenAt) {

    public EntryMatch {
        entry = Storable.identity(entry, Storable.KEY);
        counterpart = Storable.identity(counterpart, Storable.NAME);
        rowId = Storable.identity(rowId, Storable.NAME);
        referralId = Storable.identity(referralId, Storable.NAME);
        shows = Storable.identity(shows, Storable.NAME);
    }
}
