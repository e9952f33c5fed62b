package dev.tandem.demo;

import static dev.tandem.demo.Crossing.Kind.DECISION;
import static dev.tandem.demo.Crossing.Kind.IDS;
import static dev.tandem.demo.Crossing.Kind.REFERRAL;
import static dev.tandem.demo.Crossing.Kind.STATE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An NGO refers a child to the ministry, which decides, and may refer the child back for something else. */
final class NgoRefers extends Story {
    private String slug = "";
    private int referral;

    NgoRefers(Sides sides, Invented child, String ngo, boolean accepted) {
        super(sides, child, ngo);
        then(this::refer);
        if (accepted) {
            then(this::accept);
            then(this::enrol);
            then(this::referBack);
        } else {
            then(this::reject);
        }
    }

    private Act refer() {
        slug = sides.ngo(ngo)
                .newClient(ClientForm.named(child.given(), child.family())
                        .gender(child.sex())
                        .born(child.born())
                        .livesAt(child.village()));
        referral = sides.ngo(ngo).referToMinistry(slug, Outward.of("high", "Kinship care"));
        return Act.inOscar(
                "%s registers %s as client %s and refers the child to the ministry for kinship care"
                        .formatted(ngo, child.name(), slug),
                Crossing.toPrimero(
                        REFERRAL,
                        "there is a case for %s, owned by %s (%s)"
                                .formatted(child.name(), child.owner(), child.province()),
                        () -> row().isPresent()),
                Crossing.toOscar(
                        IDS,
                        "%s's client %s shows the case's ids".formatted(ngo, slug),
                        () -> caseId().isPresent()
                                && sides.field(caseId().get(), "case_id").equals(client().externalId())));
    }

    private Act accept() {
        sides.ministry(child.owner())
                .acceptFromOscar(
                        caseId().orElseThrow(),
                        row().orElseThrow().path("unique_id").asText());
        return Act.inPrimero(
                "%s accepts what %s referred: %s".formatted(child.owner(), ngo, child.name()),
                Crossing.toOscar(
                        DECISION,
                        "%s sees its referral of %s accepted".formatted(ngo, child.name()),
                        () -> status().equals("Accepted")));
    }

    private Act reject() {
        sides.ministry(child.owner())
                .rejectFromOscar(
                        caseId().orElseThrow(),
                        row().orElseThrow().path("unique_id").asText());
        return Act.inPrimero(
                "%s rejects what %s referred: %s".formatted(child.owner(), ngo, child.name()),
                Crossing.toOscar(
                        DECISION,
                        "%s sees its referral of %s rejected".formatted(ngo, child.name()),
                        () -> status().equals("Exited")));
    }

    private Act enrol() {
        sides.ngo(ngo).enrol(slug, Sides.PROGRAM);
        return Act.inOscar(
                "%s enrols %s in its %s".formatted(ngo, child.name(), Sides.PROGRAM.toLowerCase(Locale.ROOT)),
                Crossing.toPrimero(
                        STATE,
                        "the case of %s lists the service that %s now gives".formatted(child.name(), ngo),
                        () -> sides.row(caseId().orElseThrow(), Sides.PROVIDED).isPresent()));
    }

    private Act referBack() {
        String id = caseId().orElseThrow();
        String row = sides.ministry(child.owner())
                .addService(
                        id,
                        Map.of(
                                "service_response_type", "referral_to_oscar",
                                "service_type", "training_education",
                                "service_subtype", List.of("training_education_school_support"),
                                "service_implementing_agency", "agency-" + ngo,
                                "referral_status_edf41f2", "pending_310366"));
        sides.ministry(child.owner()).refer(id, row, "agency-" + ngo + "-user", "An invented note");
        return Act.inPrimero(
                "%s refers %s back to %s for school support".formatted(child.owner(), child.name(), ngo),
                Crossing.toOscar(
                        REFERRAL,
                        "the new referral is at %s, for its client %s".formatted(ngo, slug),
                        () -> sides.received(ngo, id).stream()
                                .anyMatch(there -> client().globalId().equals(there.globalId()))));
    }

    private Optional<String> caseId() {
        return sides.caseByNumber(client().globalId());
    }

    private Optional<JsonNode> row() {
        return caseId().flatMap(id -> sides.row(id, Sides.FROM_OSCAR));
    }

    private ClientFacts client() {
        return sides.client(ngo, slug);
    }

    private String status() {
        return sides.oscar.checks().referral(ngo, referral).status();
    }

    @Override
    Progress progress() {
        Optional<String> id = caseId();
        return new Progress(
                child.name(),
                ngo + " > Primero",
                id.map(found -> sides.field(found, "case_id_display")).orElse("-"),
                row().map(there ->
                                there.path("referral_status_edf41f2").asText().replaceFirst("_.*", ""))
                        .orElse("-"),
                slug,
                status(),
                client().status(),
                id.map(found -> sides.field(found, "case_id"))
                        .filter(client().externalId() == null ? ignored -> false : client().externalId()::equals)
                        .isPresent());
    }

    @Override
    List<String> doubled() {
        int cases = sides.primero.caseByOscarNumber(client().globalId()).size();
        long rows = caseId().stream()
                .flatMap(id -> sides.rows(id).stream())
                .filter(row -> row.path("service_response_type").asText().equals(Sides.FROM_OSCAR))
                .count();
        return cases > 1 || rows > 1
                ? List.of(child.name() + " has " + cases + " cases and " + rows + " rows for one referral")
                : List.of();
    }
}
