package dev.tandem.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.primero.Configuration;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Children that both systems hold already, in every state that years of half-working integration leave them in: linked on
 * both sides, on one, under an old display id, at two NGOs, decided and not told.
 */
public final class SharedChildren {
    /** What the two systems know of each other. */
    public enum Kind {
        /** Both hold the other's ids. */
        LINKED,
        /** The same, but OSCaR shows an old display id. */
        OLD_DISPLAY,
        /** OSCaR holds the case's id, Primero no number. */
        KNOWN_TO_OSCAR,
        /** Primero holds number and short id, OSCaR no id. */
        KNOWN_TO_PRIMERO,
        /** Primero holds the number alone. */
        NUMBER_ALONE,
        /** One person, one number, two NGOs. */
        TWO_NGOS,
        /** Two NGOs, each with a number of its own, both linked to the case. */
        TWO_NUMBERS,
        /** Linked, and Primero has decided what the NGO referred. */
        DECIDED,
        /** Linked, and referred to its own NGO and to another one. */
        REFERRED,
        /** Two enabled cases with the number of one client. */
        TWO_CASES,
        /** The case that OSCaR names is disabled. */
        DISABLED
    }

    private static final List<String> SERVICES =
            List.of("Kinship care", "Trauma counselling", "Family support", "Life skills");

    private final World world;
    private final PrimeroSimulator primero;
    private final OscarSimulator oscar;
    private final List<Map<String, String>> agencies = Configuration.rows("agencies");

    private SharedChildren(World world, PrimeroSimulator primero, OscarSimulator oscar) {
        this.world = world;
        this.primero = primero;
        this.oscar = oscar;
    }

    /** Adds {@code n} of them, each kind in turn. */
    public static void populate(PrimeroSimulator primero, OscarSimulator oscar, int n, long seed) {
        SharedChildren shared = new SharedChildren(World.seeded(seed), primero, oscar);
        for (int i = 0; i < n; i++) {
            shared.one(Kind.values()[i % Kind.values().length], i);
        }
    }

    private void one(Kind kind, int i) {
        Map<String, String> agency = agencies.get(i % agencies.size());
        Map<String, String> other = agencies.get((i + 1) % agencies.size());
        NgoWorker ngo = oscar.worker(agency.get("oscar_organization"));
        Child child = world.child();
        String slug = ngo.newClient(form(child));
        String number = oscar.checks().client(ngo.tenant(), slug).globalId();
        ObjectNode data = plain(child);
        String caseId = data.path("case_id").asText();
        String display = data.path("case_id_display").asText();
        if (kind != Kind.KNOWN_TO_OSCAR) {
            data.put("oscar_number", number);
        }
        if (kind != Kind.KNOWN_TO_OSCAR && kind != Kind.NUMBER_ALONE && kind != Kind.TWO_CASES) {
            data.put("oscar_short_id", slug);
        }
        switch (kind) {
            case LINKED, KNOWN_TO_OSCAR -> tell(ngo, slug, caseId, display);
            case OLD_DISPLAY -> tell(ngo, slug, caseId, "old" + display);
            case KNOWN_TO_PRIMERO, NUMBER_ALONE -> {
                // OSCaR knows nothing of it.
            }
            case TWO_NGOS -> {
                NgoWorker second = oscar.worker(other.get("oscar_organization"));
                String there = second.sameChild(ngo, slug, form(child));
                tell(ngo, slug, caseId, display);
                tell(second, there, caseId, display);
            }
            case TWO_NUMBERS -> {
                NgoWorker second = oscar.worker(other.get("oscar_organization"));
                tell(ngo, slug, caseId, display);
                tell(second, second.newClient(form(child)), caseId, display);
            }
            case DECIDED -> {
                tell(ngo, slug, caseId, display);
                decided(ngo, slug, agency, data, i);
            }
            case REFERRED -> {
                tell(ngo, slug, caseId, display);
                referred(agency, other, data);
                return;
            }
            case TWO_CASES -> primero.plant(plain(child).put("oscar_number", number));
            case DISABLED -> {
                tell(ngo, slug, caseId, display);
                data.put("record_state", false);
            }
        }
        primero.plant(data);
    }

    private static void tell(NgoWorker ngo, String slug, String caseId, String display) {
        ngo.editClient(slug, form -> form.externalId(caseId, display));
    }

    /** Two referrals by the NGO; of the first Primero has said yes or no, the second is pending or decided by OSCaR too. */
    private void decided(NgoWorker ngo, String slug, Map<String, String> agency, ObjectNode data, int i) {
        int first = ngo.referToMinistry(slug, Outward.of("medium", SERVICES.get(0)));
        int second = ngo.referToMinistry(slug, Outward.of("low", SERVICES.get(1)));
        boolean accepted = world.chance(0.5);
        data.withArray("services_section")
                .add(fromOscar(agency, SERVICES.get(0), first, accepted ? "accepted_340953" : "rejected_936484"))
                .add(fromOscar(
                        agency, SERVICES.get(1), second, world.chance(0.5) ? "pending_310366" : "accepted_340953"));
        if (i % 3 == 0) {
            ngo.setReferralStatus(second, world.chance(0.5) ? "Accepted" : "Exited");
        }
    }

    private ObjectNode fromOscar(Map<String, String> agency, String service, int referral, String status) {
        return row(service)
                .put("service_response_type", "referral_from_oscar")
                .put("service_implementing_agency", agency.get("primero_agency"))
                .put("oscar_referring_organization", agency.get("primero_agency"))
                .put("oscar_referral_id_a4ac8a5", Integer.toString(referral))
                .put("referral_status_edf41f2", status);
    }

    private void referred(Map<String, String> agency, Map<String, String> other, ObjectNode data) {
        List<Map<String, String>> to = List.of(agency, other);
        List<ObjectNode> rows = to.stream()
                .map(each -> row(world.one(SERVICES))
                        .put("service_response_type", "referral_to_oscar")
                        .put("service_implementing_agency", each.get("primero_agency"))
                        .put("referral_status_edf41f2", "pending_310366"))
                .toList();
        rows.forEach(data.withArray("services_section")::add);
        String id = primero.plant(data);
        for (int at = 0; at < rows.size(); at++) {
            primero.worker()
                    .refer(
                            id,
                            rows.get(at).path("unique_id").asText(),
                            to.get(at).get("primero_user"),
                            "Synthetic note");
        }
    }

    private ObjectNode row(String service) {
        Map<String, String> listed = service(service).orElseThrow();
        ObjectNode row = Json.object().put("unique_id", world.uuid()).put("service_type", listed.get("primero_type"));
        row.putArray("service_subtype").add(listed.get("primero_subtype"));
        return row;
    }

    private static Optional<Map<String, String>> service(String name) {
        return Configuration.rows("services").stream()
                .filter(row -> row.get("oscar_service").equals(name)
                        && row.get("direction").equals("both"))
                .findFirst();
    }

    private static ClientForm form(Child child) {
        return ClientForm.named(child.given(), child.family())
                .localName(child.localGiven(), child.localFamily())
                .gender(child.sex())
                .born(child.born().toString())
                .status("Accepted")
                .livesAt(child.villageCode());
    }

    private ObjectNode plain(Child child) {
        String caseId = world.uuid();
        return Json.object()
                .put("id", world.uuid())
                .put("case_id", caseId)
                .put("case_id_display", caseId.substring(29))
                .put("module_id", "primeromodule-cp")
                .put("name_first", child.localGiven())
                .put("name_last", child.localFamily())
                .put("sex", child.sex())
                .put("date_of_birth", child.born().toString())
                .put("age", 2026 - child.born().getYear())
                .put("location_current", child.villageCode().replaceFirst("^0", ""))
                .put("risk_level", world.one(List.of("high", "medium", "low", "no_action")))
                .put("owned_by", "mgrpnh")
                .put("consent_for_services", true)
                .put("disclosure_other_orgs", true);
    }
}
