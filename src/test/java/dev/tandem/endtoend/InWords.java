package dev.tandem.endtoend;

import static dev.tandem.endtoend.EndState.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.oscar.ReferralFacts;
import dev.tandem.sandbox.primero.Referral;
import java.util.ArrayList;
import java.util.List;

/** How things stand with one child in both systems and in Tandem's lists, as its case worker would tell it. */
final class InWords {
    private final Bench bench;
    private final List<String> ngos;

    InWords(Bench bench, List<String> ngos) {
        this.bench = bench;
        this.ngos = ngos;
    }

    /**
     * @param globalId the child's number at the NGO that it came from; blank if it came from the government
     * @param letters all that Tandem lists
     */
    String of(String caseId, String globalId, List<DeadLetter> letters) {
        List<String> lines = new ArrayList<>();
        List<String> records = new ArrayList<>();
        ObjectNode theCase = caseId.isEmpty()
                ? bench.primero.caseByOscarNumber(globalId).stream().findFirst().orElse(null)
                : bench.primero.caseById(caseId).orElseThrow();
        if (theCase == null) {
            lines.add("Primero: no case");
        } else {
            records.add(text(theCase, "id"));
            ofCase(theCase, lines);
        }
        for (String ngo : ngos) {
            ofNgo(ngo, theCase, globalId, lines, records);
        }
        letters.stream()
                .filter(letter -> records.contains(letter.record()))
                .map(letter -> letter.state() + ": " + letter.kind() + ", " + letter.happened())
                .sorted()
                .forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    private void ofCase(ObjectNode theCase, List<String> lines) {
        String state = EndState.enabled(theCase) ? text(theCase, "status") : "disabled";
        String told = text(theCase, "oscar_status");
        boolean consents = theCase.path("consent_for_services").asBoolean();
        lines.add(
                "Primero: " + text(theCase, "name_first") + ", " + state + ", owner " + text(theCase, "owned_by") + ", "
                        + text(theCase, "risk_level") + " risk" + (consents ? "" : ", no consent")
                        + (told.isEmpty() ? "" : ", at the NGO " + told));
        for (JsonNode row : theCase.path("services_section")) {
            lines.add("  " + row(row, bench.primero.referrals(text(theCase, "id"))));
        }
    }

    private static String row(JsonNode row, List<Referral> referrals) {
        String ngo = Codes.ngoOf(text(row, "service_implementing_agency")).orElse("?");
        String service = Codes.serviceOf(row).orElse("?");
        String status = text(row, "referral_status_edf41f2").replaceFirst("_.*", "");
        List<String> made = referrals.stream()
                .filter(referral -> referral.serviceRow().equals(text(row, "unique_id")))
                .map(Referral::status)
                .toList();
        return switch (text(row, "service_response_type")) {
            case "referral_to_oscar" -> service + " asked of " + ngo + ": " + status + " " + made;
            case "referral_from_oscar" -> service + " asked by " + ngo + ": " + status;
            default -> service + " given by " + ngo;
        };
    }

    private void ofNgo(String ngo, ObjectNode theCase, String globalId, List<String> lines, List<String> records) {
        String caseId = theCase == null ? "" : text(theCase, "case_id");
        String number = theCase == null || !globalId.isEmpty() ? globalId : text(theCase, "oscar_number");
        for (ReferralFacts referral : bench.oscar.checks().referrals(ngo)) {
            if (referral.pending() && caseId.equals(referral.externalId())) {
                lines.add(ngo + ": waits to be taken up: " + String.join(", ", referral.services()));
            }
        }
        for (ClientFacts client : bench.oscar.checks().clients(ngo)) {
            boolean linked = !caseId.isEmpty() && caseId.equals(client.externalId());
            if (linked || (!number.isEmpty() && number.equals(client.globalId()))) {
                records.add(ngo + "/" + client.slug());
                lines.add(ngo + ": " + client.givenName() + ", " + (client.deleted() ? "archived" : client.status())
                        + (linked ? "" : ", not linked"));
                bench.oscar.checks().referrals(ngo).stream()
                        .filter(referral -> client.slug().equals(referral.slug()))
                        .map(referral -> "  " + String.join(", ", referral.services())
                                + (referral.received() ? " asked by the ministry: " : " asked of the ministry: ")
                                + referral.status())
                        .forEach(lines::add);
            }
        }
    }
}
