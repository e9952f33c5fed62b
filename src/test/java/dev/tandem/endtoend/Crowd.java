package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many synthetic children referred at once, each way, and what the rule asks of them in the end. */
final class Crowd {
    private static final String NGO = Everything.NGO;

    private final Bench bench;
    /** The external id of each case that was referred to the NGO, by the case's id. */
    private final Map<String, String> referred = new LinkedHashMap<>();

    private final int clients;

    Crowd(Bench bench, int cases, int clients) {
        this.bench = bench;
        this.clients = clients;
        var worker = bench.primero.worker();
        for (int i = 0; i < cases; i++) {
            String id = worker.newCase(Children.of("Child" + i, "Example"));
            String row = worker.addService(id, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(id, row, "agency-cif-user", "Example note");
            referred.put(
                    id, bench.primero.caseById(id).orElseThrow().path("case_id").asText());
        }
        var ngo = bench.oscar.worker(NGO);
        for (int i = 0; i < clients; i++) {
            String slug = ngo.newClient(ClientForm.named("Other" + i, "Sample").livesAt("19020105"));
            ngo.referToMinistry(slug, Outward.of("medium", "Kinship care"));
        }
    }

    int items() {
        return referred.size() + clients;
    }

    /**
     * Delivered once, or named as a possible repeat; never more repeats than lost answers.
     *
     * @param mayBeLost answers that may have been lost, as the test itself knows
     * @return the number of repeats that stand at the NGO
     */
    long isDeliveredByTheRule(List<Tables.Referral> ledger, long mayBeLost) {
        Map<String, Tables.Referral> byCase = new HashMap<>();
        ledger.forEach(referral -> byCase.put(referral.record(), referral));
        Map<String, Long> arrived = new HashMap<>();
        bench.oscar.checks().referrals(NGO).stream()
                .filter(referral -> referral.received())
                .forEach(referral -> arrived.merge(referral.externalId(), 1L, Long::sum));
        long repeats = 0;
        for (Map.Entry<String, String> one : referred.entrySet()) {
            Tables.Referral referral = byCase.get(one.getKey());
            assertThat(referral).as("the ledger knows of it").isNotNull();
            long times = arrived.getOrDefault(one.getValue(), 0L);
            if (times == 0) {
                assertThat(referral.state()).as("not delivered: for a person").isEqualTo("parked");
                assertThat(referral.parkedFor()).isEqualTo("person");
                assertThat(referral.possibleRepeat()).as("and named").isTrue();
            } else {
                assertThat(times - 1)
                        .as("repeats of one referral: " + referral)
                        .isLessThanOrEqualTo(referral.possibleRepeat() ? 1 : 0)
                        .isLessThanOrEqualTo(referral.lostAnswers());
                repeats += times - 1;
            }
        }
        assertThat(repeats).as("repeats").isLessThanOrEqualTo(mayBeLost);
        return repeats;
    }

    /** What goes to Primero can be asked for there, so it is there exactly once. */
    void isOnceInPrimero() {
        assertThat(bench.primero.caseCount()).isEqualTo(items());
        for (JsonNode theCase : bench.primero.cases()) {
            if (!referred.containsKey(theCase.path("id").asText())) {
                assertThat(theCase.path("services_section")).hasSize(1);
            }
        }
        assertThat(bench.oscar.checks().clients(NGO))
                .filteredOn(client -> client.givenName().startsWith("Other"))
                .hasSize(clients)
                .allSatisfy(client -> assertThat(client.externalId()).isNotEmpty());
    }
}
