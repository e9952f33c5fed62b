package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.oscar.NgoAdmin;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.time.Duration;
import java.time.Instant;

/** What people at an NGO do, as far as the API shows it. */
final class OscarPeople extends OscarClauses {
    OscarPeople(OscarServer oscar) {
        super(oscar);
    }

    private JsonNode shown(String slug) {
        return oscar.row(oscar.feed(), slug);
    }

    private void moves(boolean wanted, String what, String slug, Runnable act) {
        Instant before = client(slug).updatedAt();
        oscar.later(Duration.ofDays(1));
        act.run();
        unless(
                what + (wanted ? " bumps" : " does not bump"),
                client(slug).updatedAt().isAfter(before) == wanted);
    }

    @Clause(
            id = "O601",
            section = "3.7 2.7",
            says =
                    "A child that is taken up shows with our external_id, a global_id of its own, and a row of the referral")
    void takenUp() {
        String externalId = oscar.externalId();
        JsonNode row = shown(takenUp(externalId));
        unlessSame("external_id", externalId, row.path("external_id"));
        unlessSame("resource", "primero", row.path("resource"));
        unlessSame("services", 1, row.path("services").size());
        unless("a referral_id", row.path("services").path(0).path("referral_id").isInt());
        unlessSame("status", "Referred", row.path("status"));
    }

    @Clause(
            id = "O602",
            section = "3.7 T27",
            says = "Of a name the first two words are kept, and what stands in parentheses becomes the local name")
    void names() {
        people();
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        oscar.upsert(oscar.referral(externalId, "")
                        .put("given_name", "Mey  Sok")
                        .put("family_name", "Testa (តេស្ត វណ្ណា)"))
                .is(200);
        String slug =
                people().takeUp(checks().referrals("cif", externalId).get(0).id());
        unlessSame("given_name", "Mey", shown(slug).path("given_name"));
        unlessSame("family_name", "Sok", shown(slug).path("family_name"));
        unlessSame("local_family_name", "តេស្ត", shown(slug).path("local_family_name"));
    }

    @Clause(
            id = "O603",
            section = "3.7 12",
            says = "Rejecting bumps the client, copies Exited to its referral and detaches the case workers")
    void rejected() {
        String slug = takenUp(oscar.externalId());
        moves(true, "rejecting", slug, () -> people().reject(slug));
        JsonNode row = shown(slug);
        unlessSame("status", "Exited", row.path("status"));
        unlessSame("case_worker_name", "", row.path("case_worker_name"));
        unlessSame("referral_status", "Exited", row.path("services").path(0).path("referral_status"));
    }

    @Clause(
            id = "O604",
            section = "3.7",
            says = "A referral that has been decided keeps its status when the client exits")
    void decided() {
        String externalId = oscar.externalId();
        String slug = takenUp(externalId);
        people().setReferralStatus(firstReferral(externalId), "Accepted");
        people().exit(slug);
        unlessSame(
                "referral_status",
                "Accepted",
                shown(slug).path("services").path(0).path("referral_status"));
    }

    @Clause(
            id = "O605",
            section = "3.7 9 T31",
            says = "Loading notifications, or opening the client's page, links pending referrals without a bump")
    void linked() {
        String externalId = oscar.externalId();
        String slug = takenUp(externalId);
        oscar.upsert(oscar.referral(externalId, globalId(slug))).is(200);
        unlessSame("services", 1, shown(slug).path("services").size());
        moves(false, "loading notifications", slug, () -> people().loadNotifications());
        unlessSame("services", 2, shown(slug).path("services").size());
        oscar.upsert(oscar.referral(externalId, globalId(slug))).is(200);
        moves(false, "opening the page", slug, () -> people().openClientPage(slug));
        unlessSame("services", 3, shown(slug).path("services").size());
        String other = newChild();
        String another = oscar.externalId();
        oscar.upsert(oscar.referral(another, globalId(other))).is(200);
        people().openClientPage(slug);
        unless(
                "another child's pending",
                checks().referrals("cif", another).stream().allMatch(ReferralFacts::pending));
        unless("none pending", checks().referrals("cif", externalId).stream().noneMatch(ReferralFacts::pending));
    }

    @Clause(
            id = "O606",
            section = "9",
            says =
                    "An edit that changes something bumps; accepting, assigning, archiving, linking, renaming a worker or service do not")
    void direct() {
        NgoAdmin admin = oscar.simulator("an administrator of the NGO").admin("cif");
        String slug = newChild();
        int user = admin.addUser("New Example", "");
        moves(true, "an edit", slug, () -> people().editClient(slug, form -> form.name("Dara", "Testa")));
        moves(false, "an edit without change", slug, () -> people().editClient(slug, form -> {}));
        moves(false, "accepting", slug, () -> people().accept(slug));
        moves(false, "assigning", slug, () -> people().assign(slug, user));
        moves(false, "renaming a worker", slug, () -> admin.renameUser(user, "Renamed Example"));
        moves(false, "renaming a service", slug, () -> admin.renameService("Kinship care", "Kin care"));
        moves(false, "update_links", slug, () -> oscar.put(OscarServer.LINKS, link(globalId(slug), oscar.externalId()))
                .is(200));
        moves(false, "archiving", slug, () -> people().softDelete(slug));
    }

    @Clause(id = "O607", section = "9", says = "Joining a program bumps, leaving one does only if it was the last")
    void programs() {
        NgoAdmin admin = oscar.simulator("an administrator of the NGO").admin("cif");
        String slug = newChild();
        admin.addProgram("One", "School support");
        admin.addProgram("Two", "Life skills");
        moves(true, "joining", slug, () -> people().enrol(slug, "One"));
        unlessSame("status", "Active", shown(slug).path("status"));
        moves(true, "joining", slug, () -> people().enrol(slug, "Two"));
        moves(false, "leaving", slug, () -> people().leaveProgram(slug, "One"));
        moves(true, "leaving the last", slug, () -> people().leaveProgram(slug, "Two"));
        unlessSame("status", "Accepted", shown(slug).path("status"));
    }

    @Clause(
            id = "O608",
            section = "9",
            says =
                    "A referral of a linked client, made or decided, bumps it; so does an edit of a program, for clients that are referred to us only")
    void referrals() {
        String slug = newChild();
        moves(true, "referring", slug, () -> people().referToMinistry(slug, Outward.of("low", "Kinship care")));
        moves(true, "deciding", slug, () -> people().setReferralStatus(1, "Accepted"));
        NgoAdmin admin = oscar.simulator("an administrator of the NGO").admin("cif");
        moves(true, "editing a program", slug, admin::editProgram);
        moves(false, "editing a program", newChild(), admin::editProgram);
    }

    @Clause(
            id = "O610",
            section = "2.3 3.7",
            says = "A child referred to another NGO is there under the same global_id, with no external_id")
    void handedOn() {
        String slug = newChild();
        people().referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));
        var there = checks().client(
                        "gpc", otherPeople().takeUp(otherPeople().pending().get(0)));
        unlessSame("global_id", globalId(slug), there.globalId());
        unlessSame("external_id", null, there.externalId());
    }

    @Clause(
            id = "O609",
            section = "9",
            says = "Re-entry of an exited client bumps only through the copy of its status to a referral")
    void reentry() {
        String slug = newChild();
        people().exit(slug);
        moves(false, "re-entry", slug, () -> people().reenter(slug, 1));
        unlessSame("status", "Accepted", shown(slug).path("status"));
    }
}
