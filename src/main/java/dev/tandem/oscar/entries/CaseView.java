package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The Primero case and its referrals, as matching looks at them. */
public record CaseView(JsonNode json, List<CaseRow> rows, List<JsonNode> referrals, boolean referralsRead) {
    /**
     * @param theCase in full; null if there is none
     * @param referrals the case's Primero referrals; null if they were not read (see {@link EntryMatching#needsReferrals})
     */
    public static CaseView of(JsonNode theCase, List<JsonNode> referrals) {
        List<CaseRow> rows = new ArrayList<>();
        if (theCase != null) {
            theCase.path("services_section").forEach(row -> rows.add(new CaseRow(row)));
        }
        return new CaseView(theCase, rows, referrals == null ? List.of() : referrals, referrals != null);
    }

    boolean exists() {
        return json != null;
    }

    /** A case that is not there yet is neither disabled nor closed. */
    boolean disabled() {
        return Fields.isFalse(json, "record_state") || Fields.isFalse(json, "enabled");
    }

    boolean closed() {
        return "closed".equals(Fields.text(json, "status"));
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
                .filter(referral -> Fields.text(referral, "id").equals(id))
                .findFirst();
    }

    static boolean inProgress(JsonNode referral) {
        return "in_progress".equals(Fields.text(referral, "status"));
    }

    /** When the referral was made; one without a readable time counts as made just now, so never as old. */
    static Instant createdAt(JsonNode referral) {
        try {
            return OffsetDateTime.parse(Fields.text(referral, "created_at")).toInstant();
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }

    @Override
    public String toString() {
        return "CaseView[" + rows.size() + " rows]";
    }
}
