package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.oscar.OscarServer.LINKS;

import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import java.time.Duration;

/** update_links: which client has which of our ids. */
final class OscarLinks extends OscarClauses {
    OscarLinks(OscarServer oscar) {
        super(oscar);
    }

    @Clause(id = "O401", section = "4", says = "Unknown persons are ignored: 200 with message only")
    void unknown() {
        Answer answer = oscar.put(LINKS, link("nobody-of-this-name", oscar.externalId()))
                .is(200);
        unlessSame("body", "{\"message\":\"Record saved.\"}", answer.text());
    }

    @Clause(
            id = "O402",
            section = "4 9",
            says = "Each client of the person is linked, in every NGO, and none is bumped; then resource is primero")
    void allNgos() {
        String first = newChild();
        String second = otherPeople().sameChild(people(), first, ClientForm.named("Sok", "Testa"));
        String externalId = oscar.externalId();
        oscar.later(Duration.ofDays(1));
        oscar.put(LINKS, link(globalId(first), externalId)).is(200);
        Answer feed = oscar.feed();
        for (String slug : new String[] {first, second}) {
            unlessSame("external_id", externalId, oscar.row(feed, slug).path("external_id"));
            unlessSame("display", "0000002", oscar.row(feed, slug).path("external_id_display"));
            unlessSame("resource", "primero", oscar.row(feed, slug).path("resource"));
        }
        unlessSame("rows since", 0, oscar.feed("2026-03-11T00:00:00Z").data().size());
    }

    @Clause(
            id = "O403",
            section = "4",
            says =
                    "It overwrites and clears without asking; of two rows for a person the last wins; a missing display is nulled")
    void overwrites() {
        String slug = people().newClient(ClientForm.named("Sok", "Testa").externalId("old", "o"));
        String id = globalId(slug);
        String last = oscar.externalId();
        oscar.put(LINKS, link(id, oscar.externalId()), link(id, last)).is(200);
        unlessSame("external_id", last, oscar.row(oscar.feed(), slug).path("external_id"));
        oscar.put(LINKS, Json.object().put("global_id", id).put("external_id", ""))
                .is(200);
        unlessSame("external_id", "", client(slug).externalId());
        unlessSame("display", null, client(slug).externalIdDisplay());
    }

    @Clause(id = "O404", section = "4", says = "Archived clients are left as they are")
    void archived() {
        String slug = newChild();
        String id = globalId(slug);
        people().softDelete(slug);
        oscar.put(LINKS, link(id, oscar.externalId())).is(200);
        unlessSame("external_id", null, client(slug).externalId());
    }

    @Clause(id = "O405", section = "4 T19", says = "No rows, no data, a list at the top, or data that is no list: 500")
    void nothing() {
        String row = "{\"global_id\":\"nobody\",\"external_id\":\"\"}";
        for (String body : new String[] {"{\"data\":[]}", "{}", "[" + row + "]", "{\"data\":" + row + "}"}) {
            raised(oscar.signedIn().send("PUT", LINKS, body));
        }
    }

    @Clause(
            id = "O406",
            section = "4 12",
            says = "An NGO that was removed makes it 500 in plain text, and the rows after it are not done")
    void removedNgo() {
        var simulator = oscar.simulator("an administrator of OSCaR");
        String first = newChild();
        String second = otherPeople().newClient(ClientForm.named("Srey", "Sample"));
        simulator.admin("cif").removeNgo();
        String other = checks().client("gpc", second).globalId();
        raised(oscar.put(LINKS, link(globalId(first), oscar.externalId()), link(other, oscar.externalId())));
        unless("the second is not linked", checks().client("gpc", second).externalId() == null);
    }
}
