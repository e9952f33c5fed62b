package dev.tandem.endtoend;

import static dev.tandem.endtoend.EndState.text;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.oscar.ReferralFacts;
import dev.tandem.sandbox.primero.Configuration;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.Referral;
import dev.tandem.sandbox.world.Child;
import dev.tandem.sandbox.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Social workers of both sides, acting at random. The same seed gives the same acts: who is acted upon goes by the order in
 * which the children came, never by an id that a server drew, nor by what a sync has brought over so far.
 */
final class Story {
    /** What may be done; some of it is refused by a system's own rules, as people meet it too. */
    enum Act {
        REFER,
        REFER_AGAIN,
        REFER_ONWARD,
        DECIDE_OWN_REFERRAL,
        DECIDE_FROM_OSCAR,
        EDIT_CASE,
        CONSENT,
        DISABLE_OR_ENABLE,
        CLOSE_OR_REOPEN,
        TAKE_UP,
        ACCEPT_BY_DIALOG,
        SET_REFERRAL_STATUS,
        EXIT,
        REENTER,
        EDIT_CLIENT,
        ENROL,
        REFER_TO_MINISTRY,
        SECOND_NGO,
        NEW_CASE,
        NEW_CLIENT,
        // What the running servers showed.
        REFER_TWO_SERVICES,
        OPEN_CLIENT_PAGE,
        LEAVE_PROGRAM,
        REFER_TO_ANOTHER_NGO,
        TRANSFER_CASE,
        DISABLE_OR_ENABLE_ACCOUNT;

        /** Those of which stories were first made: the same seed still tells the same with them. */
        static final List<Act> FIRST =
                List.of(values()).subList(0, List.of(values()).indexOf(NEW_CLIENT) + 1);
    }

    private record Client(String ngo, String slug) {}

    private static final String PROGRAM = "Education programme";
    private static final List<String> SERVICES =
            List.of("Kinship care", "Trauma counselling", "Family support", "Therapeutic training", "Not Specified");
    private static final List<String> RISKS = List.of("high", "medium", "low", "no_action");

    final Map<Act, Integer> done = new TreeMap<>();
    final List<String> refused = new ArrayList<>();
    private final long seed;
    private final PrimeroSimulator primero;
    private final OscarSimulator oscar;
    private final List<Map<String, String>> agencies =
            Configuration.rows("agencies").subList(0, 6);
    private final List<String> cases = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, List<Client>> takenUp = new TreeMap<>();
    /** Drawn anew for each act, so that one that turns out otherwise does not change all that follow. */
    private World world;

    private Set<Act> left = Set.of();
    private List<Act> known = Act.FIRST;
    private final Set<String> disabledAccounts = new TreeSet<>();
    private int number;
    /** Of whom the last act was: a case's id or a client's record. */
    String about = "";

    Story(long seed, PrimeroSimulator primero, OscarSimulator oscar) {
        this.seed = seed;
        this.primero = primero;
        this.oscar = oscar;
        for (Map<String, String> agency : agencies) {
            oscar.admin(agency.get("oscar_organization")).addProgram(PROGRAM, "School support", "Life skills");
        }
    }

    void begin(int children) {
        for (int i = 0; i < children; i++) {
            draw();
            act(i % 2 == 0 ? Act.NEW_CASE : Act.NEW_CLIENT);
        }
    }

    private void draw() {
        world = World.seeded(seed * 1_000_003 + number++);
    }

    void acts(int howMany) {
        for (int i = 0; i < howMany; i++) {
            draw();
            // The beginning of a referral is as likely as its end.
            act(world.chance(0.3) ? (world.chance(0.5) ? Act.REFER : Act.TAKE_UP) : world.one(known));
        }
    }

    /** From here on people do whatever there is. */
    Story withAll() {
        known = List.of(Act.values());
        return this;
    }

    /** From here on nobody does these. */
    void without(Set<Act> acts) {
        left = acts;
    }

    private void act(Act act) {
        if (left.contains(act)) {
            return;
        }
        try {
            if (perform(act)) {
                done.merge(act, 1, Integer::sum);
            }
        } catch (RuntimeException e) {
            refused.add(act + " " + about + " " + e.getClass().getSimpleName());
        }
    }

    private boolean perform(Act act) {
        return switch (act) {
            case REFER -> refer();
            case REFER_AGAIN -> referAgain();
            case REFER_ONWARD -> referOnward();
            case DECIDE_OWN_REFERRAL -> decideOwnReferral();
            case DECIDE_FROM_OSCAR -> decideFromOscar();
            case EDIT_CASE -> editCase();
            case CONSENT -> consent();
            case DISABLE_OR_ENABLE -> disableOrEnable();
            case CLOSE_OR_REOPEN -> closeOrReopen();
            case TAKE_UP -> takeUp();
            case ACCEPT_BY_DIALOG -> withClient((ngo, slug) -> ngo.accept(slug));
            case SET_REFERRAL_STATUS -> setReferralStatus();
            case EXIT -> withClient(NgoWorker::exit);
            case REENTER -> withClient((ngo, slug) -> ngo.reenter(slug, 1));
            case EDIT_CLIENT -> editClient();
            case ENROL -> withClient((ngo, slug) -> ngo.enrol(slug, PROGRAM));
            case REFER_TO_MINISTRY -> referToMinistry();
            case SECOND_NGO -> secondNgo();
            case NEW_CASE -> newCase();
            case NEW_CLIENT -> newClient();
            case REFER_TWO_SERVICES -> referTwoServices();
            case OPEN_CLIENT_PAGE -> withClient(NgoWorker::openClientPage);
            case LEAVE_PROGRAM -> withClient((ngo, slug) -> ngo.leaveProgram(slug, PROGRAM));
            case REFER_TO_ANOTHER_NGO -> referToAnotherNgo();
            case TRANSFER_CASE -> transferCase();
            case DISABLE_OR_ENABLE_ACCOUNT -> disableOrEnableAccount();
        };
    }

    private interface AtNgo {
        void act(NgoWorker ngo, String slug);
    }

    private boolean withClient(AtNgo act) {
        Optional<Client> client = someClient();
        client.ifPresent(found -> act.act(oscar.worker(found.ngo()), found.slug()));
        return client.isPresent();
    }

    /** One of the clients that NGOs made, or one that an NGO took up for one of the cases, if there is one by now. */
    private Optional<Client> someClient() {
        for (int tries = 0; tries < 8; tries++) {
            int at = world.below(cases.size() + clients.size());
            int which = world.below(4);
            if (at < clients.size()) {
                return Optional.of(about(clients.get(at)));
            }
            String caseId =
                    text(primero.caseById(cases.get(at - clients.size())).orElseThrow(), "case_id");
            List<Client> there = takenUp.getOrDefault(caseId, List.of());
            if (!there.isEmpty()) {
                return Optional.of(about(there.get(which % there.size())));
            }
        }
        return Optional.empty();
    }

    private Client about(Client client) {
        about = client.ngo() + "/" + client.slug();
        return client;
    }

    /** One of the cases that people made, or of those that clients brought, if there is one by now. */
    private Optional<ObjectNode> someCase() {
        int at = world.below(cases.size() + clients.size());
        Optional<ObjectNode> found;
        if (at < cases.size()) {
            found = primero.caseById(cases.get(at));
        } else {
            Client client = clients.get(at - cases.size());
            String number = oscar.checks().client(client.ngo(), client.slug()).globalId();
            found = primero.caseByOscarNumber(number).stream().findFirst();
        }
        about = found.map(one -> text(one, "id")).orElse("");
        return found;
    }

    private static List<JsonNode> rows(ObjectNode one, String type) {
        List<JsonNode> rows = new ArrayList<>();
        one.path("services_section").forEach(rows::add);
        return rows.stream()
                .filter(row -> text(row, "service_response_type").equals(type))
                .sorted(Comparator.<JsonNode>comparingInt(
                                row -> text(row, "oscar_referral_id_a4ac8a5").length())
                        .thenComparing(row -> text(row, "oscar_referral_id_a4ac8a5"))
                        .thenComparing(row -> row.path("service_subtype").toString()))
                .toList();
    }

    private boolean refer() {
        Optional<ObjectNode> one = someCase();
        Map<String, String> agency = world.one(agencies);
        String service = world.one(SERVICES);
        String rowId = world.uuid();
        String note = "Synthetic note " + world.below(1000);
        one.ifPresent(found -> refer(text(found, "id"), agency, service, rowId, note));
        return one.isPresent();
    }

    private void refer(String id, Map<String, String> agency, String service, String rowId, String note) {
        ObjectNode row = row(service).put("unique_id", rowId);
        row.put("service_response_type", "referral_to_oscar")
                .put("service_implementing_agency", agency.get("primero_agency"))
                .put("referral_status_edf41f2", "pending_310366");
        primero.worker().addService(id, Json.MAPPER.convertValue(row, new TypeReference<Map<String, Object>>() {}));
        primero.worker().refer(id, rowId, agency.get("primero_user"), note);
    }

    /** Both at the same NGO: one that has the child already gets a client with several referrals. */
    private boolean referTwoServices() {
        Optional<ObjectNode> one = someCase();
        Map<String, String> agency = world.one(agencies);
        String first = world.one(SERVICES.subList(0, 2));
        String second = world.one(SERVICES.subList(2, 5));
        List<String> rows = List.of(world.uuid(), world.uuid());
        one.ifPresent(found -> {
            refer(text(found, "id"), agency, first, rows.get(0), "Synthetic first");
            refer(text(found, "id"), agency, second, rows.get(1), "Synthetic second");
        });
        return one.isPresent();
    }

    private boolean referToAnotherNgo() {
        String other = world.one(agencies).get("oscar_organization");
        String service = world.one(SERVICES.subList(0, 4));
        Optional<Client> client = someClient().filter(found -> !found.ngo().equals(other));
        client.ifPresent(
                found -> oscar.worker(found.ngo()).referToNgo(found.slug(), other, Outward.of("medium", service)));
        return client.isPresent();
    }

    private boolean transferCase() {
        String owner = world.one(List.of("mgrbmc", "mgrpnh", "mgrstg"));
        Optional<ObjectNode> one = someCase();
        one.ifPresent(found -> primero.worker().setOwner(text(found, "id"), owner));
        return one.isPresent();
    }

    /** Somebody's account at an NGO is switched off for a while. */
    private boolean disableOrEnableAccount() {
        String user = world.one(agencies).get("primero_user");
        if (disabledAccounts.remove(user)) {
            primero.enableUser(user);
        } else {
            disabledAccounts.add(user);
            primero.disableUser(user);
        }
        return true;
    }

    /** The last ones are switched on again. */
    void end() {
        disabledAccounts.forEach(primero::enableUser);
        disabledAccounts.clear();
    }

    private static ObjectNode row(String service) {
        Map<String, String> listed = Configuration.rows("services").stream()
                .filter(row -> row.get("oscar_service").equals(service)
                        && row.get("direction").equals("both"))
                .findFirst()
                .orElseThrow();
        ObjectNode row = Json.object().put("service_type", listed.get("primero_type"));
        if (!listed.get("primero_subtype").isEmpty()) {
            row.putArray("service_subtype").add(listed.get("primero_subtype"));
        }
        return row;
    }

    private boolean referAgain() {
        return withRow("referral_to_oscar", (one, row) -> {
            String user = Codes.userOf(text(row, "service_implementing_agency"));
            primero.worker().refer(text(one, "id"), text(row, "unique_id"), user, "Synthetic again");
        });
    }

    private boolean referOnward() {
        boolean toNgo = world.chance(0.6);
        return withRow("referral_from_oscar", (one, row) -> {
            String user = toNgo ? Codes.userOf(text(row, "oscar_referring_organization")) : "mgrbmc";
            primero.worker().refer(text(one, "id"), text(row, "unique_id"), user, "Synthetic onward");
        });
    }

    private boolean decideFromOscar() {
        boolean accepts = world.chance(0.6);
        return withRow("referral_from_oscar", (one, row) -> {
            if (accepts) {
                primero.worker().acceptFromOscar(text(one, "id"), text(row, "unique_id"));
            } else {
                primero.worker().rejectFromOscar(text(one, "id"), text(row, "unique_id"));
            }
        });
    }

    private interface OnRow {
        void act(ObjectNode one, JsonNode row);
    }

    /** Cases without such a row are many: a few are looked at. */
    private boolean withRow(String type, OnRow act) {
        for (int tries = 0; tries < 12; tries++) {
            Optional<ObjectNode> one = someCase();
            int which = world.below(4);
            List<JsonNode> rows = one.map(found -> rows(found, type)).orElse(List.of());
            if (!rows.isEmpty()) {
                act.act(one.get(), rows.get(which % rows.size()));
                return true;
            }
        }
        return false;
    }

    /** In Primero, past the NGO: rare, and where conflicts come from. */
    private boolean decideOwnReferral() {
        Optional<ObjectNode> one = someCase();
        int how = world.below(4);
        Optional<Referral> open = one.flatMap(found -> primero.referrals(text(found, "id")).stream()
                .filter(referral -> referral.status().equals("in_progress"))
                .findFirst());
        open.ifPresent(referral -> {
            switch (how) {
                case 0 -> primero.worker(referral.recipient()).accept(referral.id());
                case 1 -> primero.worker(referral.recipient()).reject(referral.id());
                default -> primero.worker().revoke(referral.id());
            }
        });
        return open.isPresent();
    }

    private boolean editCase() {
        String field = world.one(List.of("name_first", "location_current", "risk_level", "mosvy_number"));
        String value =
                switch (field) {
                    case "risk_level" -> world.one(RISKS);
                    case "location_current" -> "12" + (1000 + world.below(9) * 100 + 1);
                    case "mosvy_number" -> "%04d".formatted(world.below(10_000));
                    default -> world.child().localGiven();
                };
        Optional<ObjectNode> one = someCase();
        one.ifPresent(found -> primero.worker().edit(text(found, "id"), Map.of(field, value)));
        return one.isPresent();
    }

    private boolean consent() {
        boolean gives = world.chance(0.7);
        Optional<ObjectNode> one = someCase();
        one.ifPresent(found -> {
            if (gives) {
                primero.worker().giveConsent(text(found, "id"));
            } else {
                primero.worker().withdrawConsent(text(found, "id"));
            }
        });
        return one.isPresent();
    }

    private boolean disableOrEnable() {
        boolean enables = world.chance(0.7);
        Optional<ObjectNode> one = Optional.empty();
        for (int tries = 0; tries < 20 && one.isEmpty(); tries++) {
            one = someCase().filter(found -> EndState.enabled(found) != enables);
        }
        one.ifPresent(found -> {
            if (enables) {
                primero.worker().enable(text(found, "id"));
            } else {
                primero.worker().disable(text(found, "id"));
            }
        });
        return one.isPresent();
    }

    private boolean closeOrReopen() {
        Optional<ObjectNode> one = someCase();
        one.ifPresent(found -> {
            if (text(found, "status").equals("closed")) {
                primero.worker().reopen(text(found, "id"));
            } else {
                primero.worker().close(text(found, "id"));
            }
        });
        return one.isPresent();
    }

    private boolean takeUp() {
        String ngo = world.one(agencies).get("oscar_organization");
        int which = world.below(50);
        List<ReferralFacts> pending = oscar.worker(ngo).pending().stream()
                .map(id -> oscar.checks().referral(ngo, id))
                .sorted(Comparator.<ReferralFacts, String>comparing(each -> child(each.externalId()))
                        .thenComparing(each -> each.services().toString())
                        .thenComparing(ReferralFacts::id))
                .toList();
        if (pending.isEmpty()) {
            return false;
        }
        int id = pending.get(which % pending.size()).id();
        about = ngo + " " + id;
        String caseId = oscar.checks().referral(ngo, id).externalId();
        Client client = new Client(ngo, oscar.worker(ngo).takeUp(id));
        List<Client> of = takenUp.computeIfAbsent(String.valueOf(caseId), key -> new ArrayList<>());
        if (!of.contains(client) && !clients.contains(client)) {
            of.add(client);
        }
        return true;
    }

    /** Whose case it is: the number of a case that was brought over is another one each time. */
    private String child(String caseId) {
        return primero.caseByCaseId(String.valueOf(caseId))
                .map(one -> text(one, "name_first") + " " + text(one, "name_last") + " " + text(one, "date_of_birth"))
                .orElse("");
    }

    private boolean setReferralStatus() {
        String status = world.one(List.of("Accepted", "Accepted", "Exited", "Referred"));
        for (int tries = 0; tries < 12; tries++) {
            Optional<Client> client = someClient();
            int which = world.below(4);
            List<ReferralFacts> linked = client.map(this::linked).orElse(List.of());
            if (!linked.isEmpty()) {
                ReferralFacts referral = linked.get(which % linked.size());
                oscar.worker(referral.organization()).setReferralStatus(referral.id(), status);
                return true;
            }
        }
        return false;
    }

    private List<ReferralFacts> linked(Client client) {
        return oscar.checks().referrals(client.ngo()).stream()
                .filter(each -> client.slug().equals(each.slug()))
                .sorted(Comparator.comparing(ReferralFacts::received)
                        .thenComparing(each -> each.services().toString())
                        .thenComparing(ReferralFacts::id))
                .toList();
    }

    private boolean editClient() {
        Child child = world.child();
        boolean name = world.chance(0.5);
        return withClient((ngo, slug) -> ngo.editClient(slug, form -> {
            if (name) {
                form.localName(child.localGiven(), child.localFamily());
            } else {
                form.livesAt(child.villageCode()).mosvyNumber("M-" + child.villageCode());
            }
        }));
    }

    private boolean referToMinistry() {
        String risk = world.one(List.of("high", "medium", "low", "no action"));
        String service = world.one(SERVICES.subList(0, 4));
        return withClient((ngo, slug) -> ngo.referToMinistry(slug, Outward.of(risk, service)));
    }

    private boolean secondNgo() {
        Map<String, String> agency = world.one(agencies);
        Child child = world.child();
        Client client = about(world.one(clients));
        NgoWorker second = oscar.worker(agency.get("oscar_organization"));
        String number = oscar.checks().client(client.ngo(), client.slug()).globalId();
        if (oscar.checks().clientByGlobalId(second.tenant(), number).isPresent()) {
            // The place is taken all the same: whom the next acts are about must not depend on it.
            clients.add(client);
            return false;
        }
        String slug = second.sameChild(oscar.worker(client.ngo()), client.slug(), form(child));
        clients.add(new Client(second.tenant(), slug));
        return true;
    }

    private boolean newCase() {
        Child child = world.child();
        boolean consents = world.chance(0.85);
        cases.add(primero.plant(Json.object()
                .put("id", world.uuid())
                .put("case_id", world.uuid())
                .put("module_id", "primeromodule-cp")
                .put("name_first", child.bothGiven())
                .put("name_last", child.localFamily())
                .put("sex", child.sex())
                .put("date_of_birth", child.born().toString())
                .put("age", 10)
                .put("location_current", child.villageCode().replaceFirst("^0", ""))
                .put("risk_level", world.one(RISKS))
                .put("owned_by", "mgrpnh")
                .put("consent_for_services", consents)
                .put("disclosure_other_orgs", consents)));
        return true;
    }

    private boolean newClient() {
        Child child = world.child();
        NgoWorker ngo = oscar.worker(world.one(agencies).get("oscar_organization"));
        String slug = ngo.newClient(form(child));
        clients.add(new Client(ngo.tenant(), slug));
        if (world.chance(0.5)) {
            ngo.referToMinistry(slug, Outward.of("medium", world.one(SERVICES.subList(0, 4))));
        }
        return true;
    }

    private static ClientForm form(Child child) {
        return ClientForm.named(child.given(), child.family())
                .localName(child.localGiven(), child.localFamily())
                .gender(child.sex())
                .born(child.born().toString())
                .status("Referred")
                .livesAt(child.villageCode());
    }
}
