package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of {@code services}: those of programs, then those of referrals (contract oscar-interop §2.7). */
final class FeedServices {
    private record ProgramRow(String program, LocalDate enrolled, String uuid, String name) {}

    private final String externalSystem;

    FeedServices(String externalSystem) {
        this.externalSystem = externalSystem;
    }

    void write(JsonGenerator json, Tenant tenant, Client client) throws IOException {
        json.writeArrayFieldStart("services");
        for (ProgramRow row : programs(tenant, client)) {
            json.writeStartObject();
            json.writeStringField("program_name", row.program());
            json.writeStringField("enrollment_date", row.enrolled().toString());
            json.writeStringField("uuid", row.uuid());
            json.writeStringField("name", row.name());
            json.writeEndObject();
        }
        for (Referral referral : referrals(client)) {
            for (int id : referral.services) {
                Service service = tenant.services.get(id);
                json.writeStartObject();
                json.writeNullField("program_name");
                json.writeNullField("enrollment_date");
                json.writeStringField("uuid", service.uuid());
                json.writeStringField("name", service.name());
                json.writeNumberField("referral_id", referral.id);
                json.writeStringField("referral_status", referral.status);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /** Exited programs stay; the date is that of the first enrolment in the program. */
    private static Set<ProgramRow> programs(Tenant tenant, Client client) {
        if (client.enrolments.isEmpty()) {
            return Set.of();
        }
        Map<Program, LocalDate> first = new LinkedHashMap<>();
        client.enrolments.forEach(enrolment -> first.putIfAbsent(enrolment.program, enrolment.date));
        Set<ProgramRow> rows = new LinkedHashSet<>();
        first.forEach((program, date) -> {
            for (int id : program.services()) {
                Service service = tenant.services.get(id);
                rows.add(new ProgramRow(program.name(), date, service.uuid(), service.name()));
            }
        });
        return rows;
    }

    /** Without an order of their own: rows come as the database last wrote them. */
    private List<Referral> referrals(Client client) {
        return client.referrals.isEmpty()
                ? List.of()
                : ReferralRecords.with(client, externalSystem).stream()
                        .sorted(Comparator.comparingLong((Referral r) -> r.written))
                        .toList();
    }
}
