package dev.tandem.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.primero.Configuration;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PrimeroWorldTest {
    private static PrimeroSimulator primero() {
        return PrimeroSimulator.start(
                Options.defaults().withClock(SimClock.frozenAt(Instant.parse("2026-03-01T00:00:00Z"))));
    }

    @Test
    void the_same_seed_gives_the_same_cases_another_seed_others() {
        try (PrimeroSimulator one = primero();
                PrimeroSimulator two = primero();
                PrimeroSimulator other = primero()) {
            World.seeded(7).populate(one, 50);
            World.seeded(7).populate(two, 50);
            World.seeded(8).populate(other, 50);
            assertThat(names(one)).isEqualTo(names(two)).isNotEqualTo(names(other));
        }
    }

    private static List<String> names(PrimeroSimulator primero) {
        List<String> all = new ArrayList<>();
        for (ObjectNode one : primero.cases()) {
            all.add(one.path("id").asText()
                    + one.path("name").asText()
                    + one.path("services_section").size());
        }
        return all;
    }

    @Test
    void every_service_code_and_every_length_of_place_occurs() {
        try (PrimeroSimulator primero = primero()) {
            Population population = World.seeded(1).with(Rates.clean()).populate(primero, 600);
            assertThat(population.odd()).isZero();
            Set<String> codes = new TreeSet<>();
            Set<Integer> lengths = new TreeSet<>();
            for (ObjectNode one : primero.cases()) {
                lengths.add(one.path("location_current").asText().length());
                one.path("services_section")
                        .forEach(row -> row.path("service_subtype").forEach(code -> codes.add(code.asText(""))));
            }
            assertThat(lengths).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            for (var row : Configuration.rows("services")) {
                assertThat(codes).contains(row.get("primero_subtype"));
            }
        }
    }

    @Test
    void odd_values_and_unmapped_codes_occur_at_the_rates_asked_for() {
        try (PrimeroSimulator primero = primero()) {
            World.seeded(1).with(Rates.usual().withOdd(1).withUnmapped(0.5)).populate(primero, 300);
            assertThat(count(primero, one -> one.path("date_of_birth").asText().contains("/")))
                    .isPositive();
            assertThat(count(
                            primero,
                            one -> one.path("location_current").asText().equals("NaN")))
                    .isPositive();
            assertThat(count(primero, one -> one.path("location_current").isNumber()))
                    .isPositive();
            assertThat(count(primero, one -> one.path("owned_by").isNull())).isPositive();
            assertThat(count(primero, one -> !one.has("risk_level"))).isPositive();
            assertThat(count(primero, one -> one.path("name_first").asText().isEmpty()))
                    .isPositive();
            assertThat(count(primero, one -> one.toString().contains("unmapped_service_")))
                    .isBetween(20L, 200L);
        }
    }

    private static long count(PrimeroSimulator primero, Predicate<JsonNode> which) {
        return primero.cases().stream().filter(which).count();
    }

    @Test
    void referrals_stand_on_rows_for_oscar_of_consenting_cases_and_name_the_rows_own_agency() {
        try (PrimeroSimulator primero = primero()) {
            Population population = World.seeded(3).populate(primero, 200);
            assertThat(population.referrals()).isNotEmpty();
            assertThat(primero.referrals()).hasSameSizeAs(population.referrals());
            primero.referrals().forEach(referral -> {
                ObjectNode one = primero.caseById(referral.caseId()).orElseThrow();
                JsonNode row = null;
                for (JsonNode each : one.path("services_section")) {
                    if (each.path("unique_id").asText().equals(referral.serviceRow())) {
                        row = each;
                    }
                }
                assertThat(one.path("consent_for_services").asBoolean()).isTrue();
                assertThat(row.path("service_response_type").asText()).isEqualTo("referral_to_oscar");
                assertThat(referral.recipient())
                        .isEqualTo(row.path("service_implementing_agency").asText() + "-user");
            });
        }
    }
}
