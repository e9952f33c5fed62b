package dev.tandem.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.primero.Configuration;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes cases out of children, as an import and some years of use would have left them. */
final class PrimeroHalf {
    private final World world;
    private final PrimeroSimulator primero;
    private final PrimeroRows rows;
    private final List<Map<String, String>> owners = Configuration.rows("province-owners");
    private final List<String> ids = new ArrayList<>();
    private final List<String> referrals = new ArrayList<>();
    private int fromOscar;
    private int odd;

    PrimeroHalf(World world, PrimeroSimulator primero) {
        this.world = world;
        this.primero = primero;
        this.rows = new PrimeroRows(world);
    }

    Population populate(int cases) {
        for (int i = 0; i < cases; i++) {
            one();
        }
        return new Population(List.copyOf(ids), List.copyOf(referrals), fromOscar, odd);
    }

    private void one() {
        Child child = world.child();
        boolean consents = world.chance(world.rates().consent());
        ObjectNode data = plain(child, consents);
        boolean isOdd = world.chance(world.rates().odd());
        if (isOdd) {
            OddValues.disturb(data, child, world);
        }
        List<PrimeroRows.Row> services = rows.some();
        services.forEach(row -> data.withArray("services_section").add(row.json()));
        String id = primero.plant(data);
        ids.add(id);
        if (isOdd || services.stream().anyMatch(PrimeroRows.Row::odd)) {
            odd++;
        }
        for (PrimeroRows.Row row : services) {
            fromOscar += row.fromOscar() ? 1 : 0;
            if (consents && row.toOscar() && world.chance(world.rates().referred())) {
                referrals.add(
                        primero.worker().refer(id, row.id(), row.recipient(), "Synthetic note " + world.below(1000)));
            }
        }
    }

    private ObjectNode plain(Child child, boolean consents) {
        String code = child.villageCode();
        Instant created = primero.clock()
                .now()
                .truncatedTo(ChronoUnit.MILLIS)
                .minus(Duration.ofSeconds(60 + world.below(30 * 24 * 3600)));
        ObjectNode data = Json.object()
                .put("id", world.uuid())
                .put("case_id", world.uuid())
                .put("module_id", "primeromodule-cp")
                .put("name_first", world.chance(0.5) ? child.localGiven() : child.bothGiven())
                .put("name_last", child.localFamily())
                .put("sex", child.sex())
                .put("date_of_birth", child.born().toString())
                .put("age", 2026 - child.born().getYear())
                .put("location_current", place(code))
                .put("risk_level", world.one(List.of("high", "medium", "low", "no_action")))
                .put("owned_by", owner(code))
                .put("consent_for_services", consents)
                .put("disclosure_other_orgs", consents)
                .put("created_at", created.toString());
        if (world.chance(world.rates().known())) {
            data.put("oscar_number", world.oscarNumber()).put("oscar_short_id", "exam-" + world.below(100_000));
        }
        if (world.chance(0.2)) {
            data.put("mosvy_number", "%04d".formatted(world.below(10_000)));
        }
        if (world.chance(0.05)) {
            data.put("status", "closed");
        }
        if (world.chance(0.02)) {
            data.put("record_state", false);
        }
        return data;
    }

    /** Primero's form, cut to a village, commune, district or province: with leading zero gone, 1 to 8 digits. */
    private String place(String code) {
        int length = world.one(List.of(8, 8, 8, 8, 6, 4, 2));
        return code.substring(0, length).replaceFirst("^0", "");
    }

    private String owner(String code) {
        String province = code.substring(0, 2);
        return owners.stream()
                .filter(row -> row.get("province_code").equals(province))
                .map(row -> row.get("primero_owner"))
                .findFirst()
                .orElseThrow();
    }

    /** The values that the contracts name as having been seen, or as possible, and that a mapping must survive. */
    private static final class OddValues {
        private static final Set<String> FIELDS = Set.of("date", "name", "place", "risk", "owner");

        private static void disturb(ObjectNode data, Child child, World world) {
            switch (world.one(FIELDS.stream().sorted().toList())) {
                case "date" -> data.put("date_of_birth", child.born().toString().replace('-', '/'));
                case "name" -> name(data, world);
                case "place" -> place(data, child, world);
                case "risk" -> risk(data, world);
                default -> data.putNull("owned_by");
            }
        }

        private static void name(ObjectNode data, World world) {
            data.put("name_first", "");
            if (world.chance(0.5)) {
                data.putNull("name_last");
            }
        }

        private static void place(ObjectNode data, Child child, World world) {
            switch (world.below(5)) {
                case 0 -> data.put("location_current", "NaN");
                case 1 -> data.put("location_current", Integer.parseInt(child.villageCode()));
                case 2 -> data.put("location_current", "0004");
                case 3 -> data.put("location_current", "99010101");
                default -> data.putNull("location_current");
            }
        }

        private static void risk(ObjectNode data, World world) {
            switch (world.below(3)) {
                case 0 -> data.remove("risk_level");
                case 1 -> data.putNull("risk_level");
                default -> data.put("risk_level", "extreme");
            }
        }
    }
}
