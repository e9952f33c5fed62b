package dev.tandem.sandbox.primero;

import static dev.tandem.sandbox.primero.Field.Type.DATE;
import static dev.tandem.sandbox.primero.Field.Type.DATE_TIME;
import static dev.tandem.sandbox.primero.Field.Type.NUMERIC;
import static dev.tandem.sandbox.primero.Field.Type.TEXT;
import static dev.tandem.sandbox.primero.Field.Type.TICK;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The forms of a case, with the fields that Cambodia's configuration has (contract primero-v2 §8). */
final class CaseForms {
    private final Map<String, Map<String, Field>> forms = new ConcurrentHashMap<>();
    private final Map<String, String> formOfField = new ConcurrentHashMap<>();
    private final Set<String> outsideModule = ConcurrentHashMap.newKeySet();

    static CaseForms cambodia() {
        CaseForms forms = new CaseForms();
        forms.add(
                "basic_identity",
                texts(
                        "case_id",
                        "case_id_display",
                        "short_id",
                        "name",
                        "name_first",
                        "name_middle",
                        "name_last",
                        "name_nickname",
                        "mosvy_number",
                        "national_id_no",
                        "address_current",
                        "telephone_current"),
                Field.select("sex", "lookup-gender"),
                Field.of("age", NUMERIC),
                Field.of("date_of_birth", DATE),
                Field.of("registration_date", DATE),
                Field.of("hidden_name", TICK),
                Field.select("location_current", "Location"),
                Field.select("risk_level", "lookup-risk-level"),
                Field.select("protection_status", "lookup-protection-status"),
                Field.select("interview_subject", "lookup-interview-subject"),
                Field.multi("protection_concerns", "lookup-protection-concerns"));
        forms.add("oscar", texts("oscar_number", "oscar_short_id", "oscar_status", "oscar_reason_for_exiting"));
        forms.add(
                "consent", List.of(), Field.of("consent_for_services", TICK), Field.of("disclosure_other_orgs", TICK));
        forms.add("services", List.of(), Field.subform("services_section", services()));
        forms.add(
                "case_plan",
                texts("case_plan_notes"),
                Field.of("date_case_plan", DATE),
                Field.of("date_closure", DATE));
        forms.add("record_owner", texts("owned_by_text"), Field.select("owned_by_agency_id", "Agency"));
        return forms;
    }

    private static List<Field> services() {
        List<Field> columns = new ArrayList<>(texts(
                "service_type_text",
                "service_type_details_text",
                "service_provider",
                "service_referral_notes",
                "note_on_referral_from_provider",
                "oscar_referral_id_a4ac8a5",
                "referral_notes_from_oscar_2e787b8",
                "oscar_case_worker_name",
                "oscar_case_worker_telephone"));
        columns.addAll(List.of(
                Field.select("service_type", "lookup-service-type"),
                Field.multi("service_subtype", "lookup-service-subtype"),
                Field.select("service_response_type", "lookup-service-response-type"),
                Field.of("service_response_day_time", DATE_TIME),
                Field.of("service_appointment_date", DATE),
                Field.select("service_implementing_agency", "Agency"),
                Field.select("service_implementing_agency_individual", "User"),
                Field.select("service_delivery_location", "Location"),
                Field.select("service_implemented", "lookup-service-implemented"),
                Field.of("service_implemented_day_time", DATE_TIME),
                Field.of("service_status_referred", TICK),
                Field.select("referral_status_edf41f2", "lookup-referral-status"),
                Field.select("oscar_referring_organization", "Agency")));
        return columns;
    }

    private static List<Field> texts(String... names) {
        return List.of(names).stream().map(name -> Field.of(name, TEXT)).toList();
    }

    private void add(String form, List<Field> texts, Field... others) {
        Map<String, Field> fields = new LinkedHashMap<>();
        texts.forEach(field -> fields.put(field.name(), field));
        List.of(others).forEach(field -> fields.put(field.name(), field));
        forms.put(form, fields);
        fields.keySet().forEach(field -> formOfField.put(field, form));
    }

    Map<String, Map<String, Field>> all() {
        return forms;
    }

    boolean inModule(String form) {
        return !outsideModule.contains(form);
    }

    /** An administrator takes the form out of the module: its fields are then dropped from every write. */
    void takeOutOfModule(String form) {
        outsideModule.add(form);
    }

    /** An administrator removes a field, or ({@code services_section.column}) a column of a subform. */
    void remove(String name) {
        String field = name.replaceFirst("\\..*", "");
        String form = formOf(field).orElseThrow();
        Map<String, Field> fields = new LinkedHashMap<>(forms.get(form));
        if (name.equals(field)) {
            fields.remove(name);
            formOfField.remove(name);
        } else {
            fields.put(field, fields.get(field).without(name.substring(field.length() + 1)));
        }
        forms.put(form, fields);
    }

    Optional<String> formOf(String field) {
        return Optional.ofNullable(formOfField.get(field));
    }

    Optional<Field> field(String name) {
        return formOf(name).map(form -> forms.get(form).get(name));
    }
}
