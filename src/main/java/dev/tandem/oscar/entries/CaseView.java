package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The Primero case and its referrals, as tying looks at them. */
record CaseView(JsonNode theCase, List<CaseRow> rows, List<JsonNode> referrals, boolean referralsRead) {
    static CaseView of(Situation situation) {
        List<CaseRow> rows = new ArrayList<>();
        if (situation.theCase() != null) {
            for (JsonNode row : situation.theCase().path("services_section")) {
                rows.add(new CaseRow(row));
            }
        }
        List<JsonNode> referrals = situation.referrals();
        return new CaseView(situation.theCase(), rows, referrals == null ? List.of() : referrals, referrals != null);
    }

    /** A case that is not there yet is neither disabled nor closed. */
    boolean disabled() {
        return theCase != null && (Fields.isFalse(theCase, "record_state") || Fields.isFalse(theCase, "enabled"));
    }

    boolean closed() {
        return theCase != null && "closed".equals(Fields.text(theCase, "status"));
    }

    Optional<CaseRow> row(String uniqueId) {
        String id = uniqueId.toLowerCase(Locale.ROOT);
        return rows.stream().filter(row -> row.uniqueId().equals(id)).findFirst();
    }

    /** The referrals on a row, the newest first. */
    List<JsonNode> referralsOn(String rowUniqueId) {
        return referrals.stream()
                .filter(referral -> Fields.text(referral, "service_record_id").equalsIgnoreCase(rowUniqueId))
                .sorted(Comparator.comparing(CaseView::createdAt).reversed())
                .toList();
    }

    Optional<JsonNode> referral(String id) {
        return referrals.stream()
                .filter(referral -> id != null && id.equals(Fields.text(referral, "id")))
                .findFirst();
    }

    static boolean inProgress(JsonNode referral) {
        return "in_progress".equals(Fields.text(referral, "status"));
    }

    /** When the referral was made; one without a readable time counts as made just now, so never as old. */
    static Instant createdAt(JsonNode referral) {
        try {
            return OffsetDateTime.parse(Fields.text(referral, "created_at")).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.MAX;
        }
    }

    @Override
    public String toString() {
        return "CaseView[" + rows.size() + " rows]";
    }
}
