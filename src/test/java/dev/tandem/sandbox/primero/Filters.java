package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Builds the condition of one filter (contract primero-v2 §2.2, §2.3). */
final class Filters {
    /** Identifiers are compared as they are: no coercion, no lists, no ranges. */
    static final Set<String> IDENTIFIERS =
            Set.of(("unique_identifier short_id case_id_display case_id client_code ration_card_no icrc_ref_no rc_id_no"
                            + " unhcr_id_no unhcr_individual_no un_no other_agency_id survivor_code_no national_id_no"
                            + " other_id_no biometrics_id family_count_no dss_id camp_id tent_number nfi_distribution_id"
                            + " oscar_number registry_no family_number")
                    .split(" "));

    private static final Set<String> TEXT_COLUMNS =
            Set.of("status", "owned_by", "module_id", "sex", "workflow", "owned_by_agency_id", "created_by");
    private static final Set<String> OTHER_COLUMNS = Set.of(
            "record_state",
            "age",
            "created_at",
            "registration_date",
            "date_closure",
            "case_status_reopened",
            "not_edited_by_owner");

    private Filters() {}

    /**
     * The condition.
     *
     * @return empty if Primero drops the filter silently: the list is then not filtered by it
     * @throws SqlError if the database would refuse it
     */
    static Optional<Predicate<Candidate>> build(String field, String text) {
        if (field.equals("id")) {
            return Optional.of(ids(text));
        }
        if (IDENTIFIERS.contains(field)) {
            return Optional.of(row -> row.value(field).asText("").equals(text) && !text.isEmpty());
        }
        return build(field, Coerced.of(text));
    }

    static Optional<Predicate<Candidate>> build(String field, Coerced value) {
        if (value instanceof Coerced.Range range) {
            return range(field, range);
        }
        if (value instanceof Coerced.Several several) {
            List<Predicate<Candidate>> any = new ArrayList<>();
            several.values().forEach(each -> build(field, each).ifPresent(any::add));
            return Optional.of(row -> any.stream().anyMatch(each -> each.test(row)));
        }
        return Optional.of(single(field, value));
    }

    private static Predicate<Candidate> single(String field, Coerced value) {
        if (value instanceof Coerced.Nothing) {
            return row -> row.value(field).isMissingNode() || row.value(field).isNull();
        }
        if (value instanceof Coerced.Truth truth) {
            return row -> isTruth(field, row.value(field), truth.value());
        }
        if (value instanceof Coerced.Whole whole) {
            if (TEXT_COLUMNS.contains(field)) {
                throw new SqlError();
            }
            BigDecimal number = new BigDecimal(whole.digits());
            return row -> row.value(field).isNumber()
                    && row.value(field).decimalValue().compareTo(number) == 0;
        }
        if (value instanceof Coerced.Day day) {
            return equalOnColumn(field, day.day().toString());
        }
        if (value instanceof Coerced.Moment moment) {
            return equalOnColumn(field, Times.text(moment.instant()));
        }
        String text = ((Coerced.Text) value).text();
        return row -> matchesText(row.value(field), text);
    }

    /** A single date makes an invalid JSON path of a field that is no column. */
    private static Predicate<Candidate> equalOnColumn(String field, String text) {
        if (!OTHER_COLUMNS.contains(field)) {
            throw new SqlError();
        }
        return row -> row.value(field).asText("").equals(text);
    }

    private static boolean isTruth(String field, JsonNode present, boolean wanted) {
        if (present.isBoolean()) {
            return present.asBoolean() == wanted;
        }
        return !wanted && !OTHER_COLUMNS.contains(field) && (present.isMissingNode() || present.isNull());
    }

    private static boolean matchesText(JsonNode present, String text) {
        if (present.isArray()) {
            for (JsonNode element : present) {
                if (element.asText("").equals(text)) {
                    return true;
                }
            }
            return false;
        }
        return present.isTextual() && present.asText().equals(text);
    }

    private static Predicate<Candidate> ids(String text) {
        List<String> ids = Arrays.asList(text.split(","));
        if (ids.isEmpty()
                || !ids.stream().allMatch(id -> id.matches("(?i)[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}"))) {
            throw new SqlError();
        }
        return row -> ids.stream().anyMatch(id -> id.equalsIgnoreCase(row.row().id()));
    }

    private static Optional<Predicate<Candidate>> range(String field, Coerced.Range range) {
        if (range.from() instanceof Coerced.Whole from) {
            BigDecimal low = new BigDecimal(from.digits());
            Optional<BigDecimal> high = range.to() instanceof Coerced.Whole to
                    ? Optional.of(new BigDecimal(to.digits()))
                    : Optional.empty();
            return Optional.of(row -> row.value(field).isNumber()
                    && row.value(field).decimalValue().compareTo(low) >= 0
                    && high.map(max -> row.value(field).decimalValue().compareTo(max) <= 0)
                            .orElse(true));
        }
        if (!(range.from() instanceof Coerced.Day) && !(range.from() instanceof Coerced.Moment)) {
            return Optional.empty();
        }
        if (!(range.to() instanceof Coerced.Day
                || range.to() instanceof Coerced.Moment
                || range.to() instanceof Coerced.Nothing)) {
            throw ApiError.broken("NoMethodError");
        }
        return Optional.of(
                range.from() instanceof Coerced.Day from && !field.equals("created_at")
                        ? days(field, from.day(), range.to())
                        : moments(field, instantOf(range.from()).orElseThrow(), range.to()));
    }

    /** From a bare date: by calendar day (UTC), the last day included. */
    private static Predicate<Candidate> days(String field, LocalDate from, Coerced to) {
        LocalDate last = to instanceof Coerced.Nothing
                ? LocalDate.MAX
                : LocalDate.ofInstant(instantOf(to).orElseThrow(), ZoneOffset.UTC);
        return row -> instant(row, field)
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC))
                .filter(day -> !day.isBefore(from) && !day.isAfter(last))
                .isPresent();
    }

    /**
     * {@code created_at} is a column and compared exactly, a bare date is its midnight; anything else goes by whole seconds,
     * both ends included.
     */
    private static Predicate<Candidate> moments(String field, Instant from, Coerced to) {
        boolean exact = field.equals("created_at");
        Instant low = exact ? from : from.truncatedTo(ChronoUnit.SECONDS);
        Instant high = instantOf(to)
                .map(end -> exact ? end : end.truncatedTo(ChronoUnit.SECONDS))
                .orElse(Instant.MAX);
        return row -> instant(row, field)
                .map(at -> exact ? at : at.truncatedTo(ChronoUnit.SECONDS))
                .filter(at -> !at.isBefore(low) && !at.isAfter(high))
                .isPresent();
    }

    private static Optional<Instant> instantOf(Coerced value) {
        if (value instanceof Coerced.Moment moment) {
            return Optional.of(moment.instant());
        }
        return value instanceof Coerced.Day day
                ? Optional.of(day.day().atStartOfDay().toInstant(ZoneOffset.UTC))
                : Optional.empty();
    }

    private static Optional<Instant> instant(Candidate row, String field) {
        if (field.equals("last_updated_at")) {
            return Optional.of(row.lastUpdatedAt());
        }
        if (field.equals("created_at")) {
            return Optional.of(row.row().createdAt());
        }
        String text = row.value(field).asText("");
        return Times.instant(text)
                .or(() -> Times.date(text).map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC)));
    }
}
