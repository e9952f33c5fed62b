package dev.tandem.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.primero.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the service rows of a case. Over some hundred rows every service code occurs. */
final class PrimeroRows {
    record Row(String id, ObjectNode json, String recipient, boolean toOscar, boolean fromOscar, boolean odd) {}

    private final World world;
    private final List<Map<String, String>> services = Configuration.rows("services").stream()
            .filter(row -> !row.get("direction").equals("to-primero"))
            .toList();
    private final List<Map<String, String>> agencies = Configuration.rows("agencies");
    private int next;

    PrimeroRows(World world) {
        this.world = world;
    }

    List<Row> some() {
        List<Row> rows = new ArrayList<>();
        int count = world.one(List.of(0, 1, 1, 1, 2, 3));
        for (int i = 0; i < count; i++) {
            rows.add(
                    switch (world.below(10)) {
                        case 0 -> internal();
                        case 1, 2, 3 -> fromOscar();
                        default -> toOscar();
                    });
        }
        return rows;
    }

    private Row toOscar() {
        Map<String, String> agency = world.one(agencies);
        boolean odd = world.chance(world.rates().unmapped());
        String id = world.uuid();
        ObjectNode json = service(id, odd)
                .put("service_response_type", "referral_to_oscar")
                .put("service_implementing_agency", agency.get("primero_agency"))
                .put("referral_status_edf41f2", "pending_310366");
        return new Row(id, json, agency.get("primero_user"), true, false, odd);
    }

    private Row fromOscar() {
        String agency = world.one(agencies).get("primero_agency");
        String id = world.uuid();
        ObjectNode json = service(id, false)
                .put("service_response_type", "referral_from_oscar")
                .put("service_implementing_agency", agency)
                .put("oscar_referring_organization", agency)
                .put("oscar_referral_id_a4ac8a5", Integer.toString(1 + world.below(5000)))
                .put("oscar_case_worker_name", "Worker One, Worker Two")
                .put(
                        "referral_status_edf41f2",
                        world.one(List.of("pending_310366", "pending_310366", "accepted_340953", "rejected_936484")));
        boolean odd = world.chance(world.rates().odd());
        if (odd) {
            json.put("oscar_referral_id_a4ac8a5", "7x");
        }
        return new Row(id, json, "", false, true, odd);
    }

    private Row internal() {
        String id = world.uuid();
        ObjectNode json = service(id, false)
                .put("service_response_type", "care_plan")
                .put("service_implementing_agency", "agency-mosvy");
        return new Row(id, json, "", false, false, false);
    }

    /** Takes the codes in turn; the empty one of the list is an absent, empty or null subtype. */
    private ObjectNode service(String id, boolean unmapped) {
        Map<String, String> service = services.get(next++ % services.size());
        String subtype = unmapped ? "unmapped_service_" + world.below(5) : service.get("primero_subtype");
        ObjectNode row = Json.object().put("unique_id", id).put("service_type", service.get("primero_type"));
        if (!subtype.isEmpty()) {
            row.putArray("service_subtype").add(subtype);
            return row;
        }
        switch (world.below(4)) {
            case 0 -> row.putArray("service_subtype");
            case 1 -> row.putArray("service_subtype").addNull();
            case 2 -> row.putArray("service_subtype").add("");
            default -> row.remove("service_subtype");
        }
        return row;
    }
}
