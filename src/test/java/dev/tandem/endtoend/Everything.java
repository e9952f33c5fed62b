package dev.tandem.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.util.List;
import java.util.TreeSet;

/**
 * Two synthetic children who need every call that writes: one is referred to an NGO, which decides; the other is referred by
 * an NGO, which makes a case and links it, and is decided in Primero.
 */
final class Everything {
    static final String NGO = "cif";

    private final Bench bench;
    private String ours;
    private String slug;

    Everything(Bench bench) {
        this.bench = bench;
    }

    /** What people do first. */
    Everything refer() {
        var worker = bench.primero.worker();
        ours = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(ours, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(ours, row, "agency-cif-user", "Example note");
        var ngo = bench.oscar.worker(NGO);
        slug = ngo.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        ngo.referToMinistry(slug, Outward.of("medium", "Kinship care"));
        return this;
    }

    /** What they do once the referrals have arrived. */
    Everything decide() {
        var ngo = bench.oscar.worker(NGO);
        int referral = bench.oscar.checks().referrals(NGO, externalId()).get(0).id();
        String client = ngo.takeUp(referral);
        ngo.accept(client);
        ngo.setReferralStatus(referral, "Accepted");
        JsonNode theirs = theirCases().get(0);
        for (JsonNode row : theirs.path("services_section")) {
            bench.primero
                    .worker()
                    .acceptFromOscar(
                            theirs.path("id").asText(), row.path("unique_id").asText());
        }
        return this;
    }

    /** How often our referral stands at the NGO. */
    int arrived() {
        return bench.oscar.checks().referrals(NGO, externalId()).size();
    }

    /** Where everything stands at both sides, without what differs from run to run; one line each. */
    String outcome() {
        TreeSet<String> lines = new TreeSet<>();
        for (JsonNode theCase : bench.primero.cases()) {
            String name = theCase.path("name_first").asText();
            lines.add("case " + name + " number="
                    + !theCase.path("oscar_number").asText().isEmpty() + " "
                    + theCase.path("oscar_status").asText() + ", rows "
                    + theCase.path("services_section").size());
            for (JsonNode row : theCase.path("services_section")) {
                lines.add("row of " + name + " " + row.path("service_subtype") + " "
                        + row.path("referral_status_edf41f2").asText());
            }
            bench.primero
                    .referrals(theCase.path("id").asText())
                    .forEach(referral -> lines.add("referral of " + name + " " + referral.status()));
        }
        boolean oneReceived = false;
        for (ReferralFacts referral : bench.oscar.checks().referrals(NGO)) {
            // A repeat, which the NGO did not decide, is counted by arrived().
            if (!referral.received() || !oneReceived) {
                lines.add("referral of the NGO, received=" + referral.received() + " " + referral.status() + " "
                        + referral.services());
            }
            oneReceived |= referral.received();
        }
        for (ClientFacts client : bench.oscar.checks().clients(NGO)) {
            lines.add("client " + client.givenName() + " linked="
                    + !client.externalId().isEmpty());
        }
        return String.join("\n", lines);
    }

    private String externalId() {
        return bench.primero.caseById(ours).orElseThrow().path("case_id").asText();
    }

    private List<JsonNode> theirCases() {
        return bench.primero.cases().stream()
                .filter(theCase -> theCase.path("name_first").asText().equals("Srey"))
                .map(JsonNode.class::cast)
                .toList();
    }
}
