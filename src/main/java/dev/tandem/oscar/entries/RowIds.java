package dev.tandem.oscar.entries;

import dev.tandem.json.Fields;
import dev.tandem.json.NameBasedId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The {@code unique_id} of the row for each of the NGO's own entries: mapping-facts 3.4, rules 1 to 4. */
final class RowIds {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Situation situation;
    private final CaseView theCase;
    private final EntryCodes codes;
    private final String agency;
    private final Map<String, String> known = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<Entry, String> found = new HashMap<>();

    RowIds(Situation situation, EntryCodes codes) {
        this.situation = situation;
        this.theCase = situation.theCase();
        this.codes = codes;
        this.agency = codes.agencyOf(situation.ngo());
        for (KnownMatch match : situation.matches()) {
            if (match.role() == KnownMatch.Role.ROW) {
                known.put(match.entryKey(), match.rowUniqueId());
                taken.add(match.rowUniqueId());
            }
        }
    }

    boolean isKnown(Entry entry) {
        return known.containsKey(entry.key());
    }

    /** Rules 1 to 3: rows that are there, and ids that the ledger has already chosen. What is chosen is nobody else's. */
    void findPresent(List<Entry> own) {
        own.stream().filter(this::isKnown).forEach(entry -> found.put(entry, known.get(entry.key())));
        takeRows(own, this::isOfReferral);
        takeRows(own, this::isOfTheIncumbent);
        takeRows(own, entry -> row -> row.uniqueId().equals(nameBased(entry)));
    }

    /** The row's id, or null: a new row would be made. */
    String present(Entry entry) {
        return found.get(entry);
    }

    /** Rule 4, for those entries that make new rows now. */
    Map<Entry, String> choose(List<Entry> makingNewRows) {
        Map<String, Integer> uses = new HashMap<>();
        makingNewRows.forEach(entry -> uses.merge(entry.uuid(), 1, Integer::sum));
        Map<Entry, String> chosen = new HashMap<>();
        for (Entry entry : makingNewRows) {
            boolean free = UUID.matcher(entry.uuid()).matches()
                    && uses.get(entry.uuid()) == 1
                    && !taken.contains(entry.uuid())
                    && theCase.row(entry.uuid()).isEmpty();
            chosen.put(entry, free ? entry.uuid() : nameBased(entry));
        }
        return chosen;
    }

    private void takeRows(List<Entry> own, Function<Entry, Predicate<CaseRow>> matching) {
        for (Entry entry : own) {
            if (!found.containsKey(entry)) {
                theCase.rows().stream()
                        .filter(row -> !Fields.isBlank(row.uniqueId()) && !taken.contains(row.uniqueId()))
                        .filter(matching.apply(entry))
                        .findFirst()
                        .ifPresent(row -> {
                            found.put(entry, row.uniqueId());
                            taken.add(row.uniqueId());
                        });
            }
        }
    }

    /** Rule 2. A row to OSCaR is Primero's own and never an entry's. */
    private Predicate<CaseRow> isOfReferral(Entry entry) {
        return row -> entry.referralId() != null
                && !row.toOscar()
                && row.oscarReferralId().equals(entry.referralId().toString())
                && row.agency().equals(agency)
                && codes.subtypesOf(entry.name()).contains(row.subtype());
    }

    /** Rule 3: written by the incumbent, or by us with an answer that was lost. */
    private Predicate<CaseRow> isOfTheIncumbent(Entry entry) {
        return row -> row.uniqueId().equals(entry.uuid())
                && row.isOfTheKindOf(entry)
                && row.agency().equals(agency)
                && (Fields.isBlank(row.oscarReferralId())
                        || row.oscarReferralId().equals(String.valueOf(entry.referralId())));
    }

    private String nameBased(Entry entry) {
        String globalId = Fields.text(situation.client(), "global_id");
        String ngo = situation.ngo();
        return entry.referralId() == null
                ? NameBasedId.ofProgramRow(globalId, ngo, entry.programName(), entry.uuid(), entry.name())
                : NameBasedId.ofReferralRow(globalId, ngo, entry.referralId().toString(), entry.uuid(), entry.name());
    }
}
