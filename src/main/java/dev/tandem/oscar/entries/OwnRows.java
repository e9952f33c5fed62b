package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.oscar.entries.MatchedEntry.As;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The NGO's own entries: which row each has or gets, or why it gets none. */
final class OwnRows {
    private static final EntryReason DISABLED =
            EntryReason.of("case-disabled", "record_state", "the case is disabled", "disabled");

    private final Situation situation;
    private final CaseView theCase;
    private final RowIds ids;
    private final boolean wholeClient;

    /** @param wholeClient whether the client as a whole is baseline */
    OwnRows(Situation situation, RowIds ids, boolean wholeClient) {
        this.wholeClient = wholeClient;
        this.situation = situation;
        this.theCase = situation.theCase();
        this.ids = ids;
    }

    void match(List<Entry> own, Map<Entry, MatchedEntry> matched, List<KnownMatch> newMatches) {
        long highest = own.stream()
                .map(Entry::referralId)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        ids.findPresent(own);
        List<Entry> makingNewRows = new ArrayList<>();
        for (Entry entry : own) {
            String present = ids.present(entry);
            Optional<CaseRow> row = present == null ? Optional.empty() : theCase.row(present);
            Optional<MatchedEntry> heldBack = heldBack(entry, row.isPresent());
            if (heldBack.isPresent()) {
                matched.put(entry, heldBack.get());
            } else if (present == null) {
                makingNewRows.add(entry);
            } else {
                As as = row.isPresent() ? As.ROW : As.ROW_NEW;
                matched.put(
                        entry, rowOf(entry, as, present, row.map(CaseRow::json).orElse(null), highest));
            }
            if (row.isPresent()) {
                remember(entry, present, newMatches);
            }
        }
        ids.choose(makingNewRows).forEach((entry, id) -> {
            matched.put(entry, rowOf(entry, As.ROW_NEW, id, null, highest));
            remember(entry, id, newMatches);
        });
    }

    private Optional<MatchedEntry> heldBack(Entry entry, boolean hasRow) {
        // an id that the ledger has chosen already is a row that was ours to make
        if (!hasRow && !ids.isKnown(entry) && isBaseline(entry)) {
            return Optional.of(MatchedEntry.baseline(entry));
        }
        if (theCase.disabled()) {
            As as = hasRow || entry.enrolled() ? As.NOTHING : As.PARKS;
            return Optional.of(MatchedEntry.without(entry, as, DISABLED));
        }
        if (!hasRow && entry.enrolled() && theCase.closed()) {
            EntryReason closed = EntryReason.of(
                    "case-closed", "status", "a new row would reopen the closed case", "closed|" + entry.enrolledOn());
            return Optional.of(MatchedEntry.without(entry, As.PARKS, closed));
        }
        return Optional.empty();
    }

    private boolean isBaseline(Entry entry) {
        BeforeLedger before = situation.before();
        boolean broughtByItsCase =
                !theCase.exists() && (wholeClient || before.ours().contains("case"));
        if (broughtByItsCase || before.ours().contains("service:" + entry.key())) {
            return false;
        }
        Instant firstSeen = situation.firstSeen(entry).at();
        return entry.enrolled() ? before.enrolledBefore(enrolment(entry), firstSeen) : before.presentAtFirst(firstSeen);
    }

    /** An enrolment whose date cannot be read counts as new, and its row's mapping says why it fails. */
    private static LocalDate enrolment(Entry entry) {
        try {
            return LocalDate.parse(entry.enrolledOn());
        } catch (DateTimeException e) {
            return LocalDate.MAX;
        }
    }

    private static MatchedEntry rowOf(Entry entry, As as, String uniqueId, JsonNode row, long highest) {
        boolean newest = entry.referralId() != null && entry.referralId() == highest;
        return new MatchedEntry(
                entry.json(), entry.key(), as, uniqueId, row, null, List.of(), null, null, newest, false);
    }

    private void remember(Entry entry, String uniqueId, List<KnownMatch> newMatches) {
        // The row of a client that is only listed is not made now, and the choice of its id would make it ours.
        if (!ids.isKnown(entry) && !wholeClient) {
            newMatches.add(new KnownMatch(entry.key(), KnownMatch.Role.ROW, uniqueId, null));
        }
    }
}
