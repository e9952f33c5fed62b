package dev.tandem.demo;

import static dev.tandem.demo.Crossing.Kind.DECISION;
import static dev.tandem.demo.Crossing.Kind.IDS;
import static dev.tandem.demo.Crossing.Kind.REFERRAL;
import static dev.tandem.demo.Crossing.Kind.STATE;

import dev.tandem.sandbox.oscar.ReferralFacts;
import dev.tandem.sandbox.primero.Referral;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ministry refers a child to an NGO, which decides. */
final class MinistryRefers extends Story {
    private String caseId = "";
    private String slug = "";

    MinistryRefers(Sides sides, Invented child, String ngo, boolean accepted) {
        super(sides, child, ngo);
        then(this::refer);
        then(this::takeUp);
        if (accepted) {
            then(this::accept);
            then(this::edit);
            then(this::enrol);
            then(this::exit);
        } else {
            then(this::reject);
        }
    }

    private Act refer() {
        caseId = sides.ministry(child.owner())
                .newCase(Map.ofEntries(
                        Map.entry("name_first", child.given()),
                        Map.entry("name_last", child.family()),
                        Map.entry("sex", child.sex()),
                        Map.entry("date_of_birth", child.born()),
                        Map.entry("location_current", child.village().replaceFirst("^0", "")),
                        Map.entry("risk_level", "medium"),
                        Map.entry("owned_by", child.owner()),
                        Map.entry("consent_for_services", true),
                        Map.entry("disclosure_other_orgs", true)));
        String row = sides.ministry(child.owner())
                .addService(
                        caseId,
                        Map.of(
                                "service_response_type", "referral_to_oscar",
                                "service_type", "counselling",
                                "service_subtype", List.of("counselling_trauma"),
                                "service_implementing_agency", "agency-" + ngo,
                                "referral_status_edf41f2", "pending_310366"));
        sides.ministry(child.owner()).refer(caseId, row, "agency-" + ngo + "-user", "An invented note");
        return Act.inPrimero(
                "%s opens a case for %s and refers the child to the NGO %s for trauma counselling"
                        .formatted(child.owner(), child.name(), ngo),
                Crossing.toOscar(
                        REFERRAL,
                        "the referral of %s is in the inbox of %s".formatted(child.name(), ngo),
                        () -> !sides.received(ngo, caseId).isEmpty()));
    }

    private Act takeUp() {
        slug = sides.ngo(ngo).takeUp(referral().orElseThrow().id());
        return Act.inOscar(
                "%s takes up the referral: %s is now its client %s".formatted(ngo, child.name(), slug),
                Crossing.toPrimero(
                        IDS, "the case of %s shows OSCaR's number".formatted(child.name()), () -> sides.field(
                                        caseId, "oscar_number")
                                .equals(sides.client(ngo, slug).globalId())));
    }

    private Act accept() {
        sides.ngo(ngo).accept(slug);
        sides.ngo(ngo).setReferralStatus(referral().orElseThrow().id(), "Accepted");
        return Act.inOscar(
                "%s accepts the referral of %s".formatted(ngo, child.name()),
                Crossing.toPrimero(
                        DECISION, "the referral of %s is accepted".formatted(child.name()), () -> decided("accepted")));
    }

    private Act reject() {
        sides.ngo(ngo).setReferralStatus(referral().orElseThrow().id(), "Exited");
        sides.ngo(ngo).reject(slug);
        return Act.inOscar(
                "%s cannot help and rejects the referral of %s".formatted(ngo, child.name()),
                Crossing.toPrimero(
                        DECISION, "the referral of %s is rejected".formatted(child.name()), () -> decided("rejected")));
    }

    private Act edit() {
        sides.ministry(child.owner()).edit(caseId, Map.of("mosvy_number", "0042"));
        return Act.inPrimero("%s edits the case of %s; no referral, so nothing is owed to OSCaR"
                .formatted(child.owner(), child.name()));
    }

    private Act enrol() {
        sides.ngo(ngo).enrol(slug, Sides.PROGRAM);
        return Act.inOscar(
                "%s enrols %s in its %s".formatted(ngo, child.name(), Sides.PROGRAM.toLowerCase(java.util.Locale.ROOT)),
                Crossing.toPrimero(
                        STATE,
                        "the case of %s lists the service that %s now gives".formatted(child.name(), ngo),
                        () -> sides.row(caseId, Sides.PROVIDED).isPresent()));
    }

    private Act exit() {
        sides.ngo(ngo).exit(slug);
        return Act.inOscar(
                "%s closes its work with %s".formatted(ngo, child.name()),
                Crossing.toPrimero(
                        STATE,
                        "the case of %s says Exited; the acceptance stays".formatted(child.name()),
                        () -> sides.field(caseId, "oscar_status").equals("Exited") && decided("accepted")));
    }

    private boolean decided(String status) {
        return primeroReferral().filter(status::equals).isPresent()
                && sides.row(caseId, "referral_to_oscar")
                        .orElseThrow()
                        .path("referral_status_edf41f2")
                        .asText()
                        .startsWith(status);
    }

    private Optional<ReferralFacts> referral() {
        return sides.received(ngo, caseId).stream().findFirst();
    }

    private Optional<String> primeroReferral() {
        return sides.primero.referrals(caseId).stream().findFirst().map(Referral::status);
    }

    @Override
    Progress progress() {
        String number = sides.field(caseId, "oscar_number");
        return new Progress(
                child.name(),
                "Primero > " + ngo,
                sides.field(caseId, "case_id_display"),
                primeroReferral().orElse("-").replace('_', ' '),
                slug.isEmpty() ? referral().map(there -> "(inbox)").orElse("-") : slug,
                referral().map(ReferralFacts::status).orElse("-"),
                slug.isEmpty() ? "" : sides.client(ngo, slug).status(),
                slug.isEmpty() || number.equals(sides.client(ngo, slug).globalId()));
    }

    @Override
    List<String> doubled() {
        int there = sides.received(ngo, caseId).size();
        return there > 1 ? List.of("the referral of " + child.name() + " is " + there + " times at " + ngo) : List.of();
    }
}
