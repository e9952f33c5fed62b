package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The NGO's own entries: which row each has or gets, or why it gets none. */
final class OwnRows {
    static final EntryReason BEFORE_US = EntryReason.of("baseline", "services", "it was there before this ledger", "");
    private static final EntryReason DISABLED =
            EntryReason.of("case-disabled", "record_state", "the case is disabled", "disabled");

    private final Situation situation;
    private final CaseView theCase;
    private final RowIds ids;
    private final boolean wholeClient;

    /** @param wholeClient whether the client as a whole is baseline */
    OwnRows(Situation situation, CaseView theCase, RowIds ids, boolean wholeClient) {
        this.wholeClient = wholeClient;
        this.situation = situation;
        this.theCase = theCase;
        this.ids = ids;
    }

    void tie(List<Entry> own, Map<Entry, MatchedEntry> tied, List<KnownMatch> newTies) {
        if (situation.whyNoCase() != null) {
            own.forEach(entry ->
                    tied.put(entry, MatchedEntry.without(entry, MatchedEntry.As.NOTHING, situation.whyNoCase())));
            return;
        }
        ids.findPresent(own);
        List<Entry> makingNewRows = new ArrayList<>();
        for (Entry entry : own) {
            String present = ids.present(entry);
            Optional<CaseRow> row = present == null ? Optional.empty() : theCase.row(present);
            MatchedEntry heldBack = row.isPresent() ? heldBackUpdate(entry) : heldBackNewRow(entry);
            if (heldBack != null) {
                tied.put(entry, heldBack);
            } else if (present == null) {
                makingNewRows.add(entry);
                continue;
            } else {
                MatchedEntry.As as = row.isPresent() ? MatchedEntry.As.ROW : MatchedEntry.As.ROW_NEW;
                tied.put(entry, rowOf(entry, as, present, row.map(CaseRow::json).orElse(null), own));
            }
            if (row.isPresent()) {
                remember(entry, present, newTies);
            }
        }
        ids.choose(makingNewRows).forEach((entry, id) -> {
            tied.put(entry, rowOf(entry, MatchedEntry.As.ROW_NEW, id, null, own));
            remember(entry, id, newTies);
        });
    }

    private MatchedEntry heldBackUpdate(Entry entry) {
        return theCase.disabled() ? MatchedEntry.without(entry, MatchedEntry.As.NOTHING, DISABLED) : null;
    }

    private MatchedEntry heldBackNewRow(Entry entry) {
        // an id that the ledger has chosen already is a row that was ours to make
        if (!ids.isTied(entry) && isBaseline(entry)) {
            return MatchedEntry.baseline(entry, BEFORE_US);
        }
        if (theCase.disabled()) {
            return MatchedEntry.without(
                    entry, entry.enrolled() ? MatchedEntry.As.NOTHING : MatchedEntry.As.PARKS, DISABLED);
        }
        if (entry.enrolled() && theCase.closed()) {
            return MatchedEntry.without(
                    entry,
                    MatchedEntry.As.PARKS,
                    EntryReason.of(
                            "case-closed",
                            "status",
                            "a new row would reopen the closed case",
                            "closed|" + entry.enrolledOn()));
        }
        return null;
    }

    private boolean isBaseline(Entry entry) {
        BeforeLedger birth = situation.birth();
        boolean broughtByItsCase =
                theCase.theCase() == null && (wholeClient || birth.ours().contains("case"));
        if (broughtByItsCase || birth.ours().contains("service:" + entry.key())) {
            return false;
        }
        Instant firstSeen = situation.firstSeen(entry).at();
        return entry.enrolled() ? birth.enrolledBefore(enrolment(entry), firstSeen) : birth.presentAtFirst(firstSeen);
    }

    /** An enrolment whose date cannot be read counts as new, and its row's mapping says why it fails. */
    private static LocalDate enrolment(Entry entry) {
        try {
            return LocalDate.parse(entry.enrolledOn());
        } catch (DateTimeParseException e) {
            return LocalDate.MAX;
        }
    }

    private MatchedEntry rowOf(Entry entry, MatchedEntry.As as, String uniqueId, JsonNode row, List<Entry> own) {
        BigInteger highest = own.stream()
                .map(Entry::referralId)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        boolean newest = highest != null && highest.equals(entry.referralId());
        return new MatchedEntry(
                entry.json(), entry.key(), as, uniqueId, row, null, List.of(), null, null, newest, false);
    }

    private void remember(Entry entry, String uniqueId, List<KnownMatch> newTies) {
        // The row of a client that is only listed is not made now, and the choice of its id would make it ours.
        if (!ids.isTied(entry) && !wholeClient) {
            newTies.add(new KnownMatch(
                    entry.key(),
                    KnownMatch.Role.ROW,
                    uniqueId,
                    null,
                    situation.firstSeen(entry).at()));
        }
    }
}
