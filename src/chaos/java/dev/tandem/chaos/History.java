package dev.tandem.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.chaos.Kept.Child;
import dev.tandem.chaos.Kept.In;
import dev.tandem.chaos.Kept.Out;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.oscar.ReferralFacts;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Social workers of both sides. All acts are drawn before anything runs; one that is not possible yet, such as taking up a
 * referral that has not arrived, is put off and done later.
 */
final class History {
    private static final List<String> RISKS = List.of("high", "medium", "low", "no_action");

    final Kept kept = new Kept();
    private final PrimeroSimulator primero;
    private final OscarSimulator oscar;
    private final CodeFiles codes;
    private final List<Step> steps = new ArrayList<>();
    private final Deque<Step> putOff = new ArrayDeque<>();
    /** Told of each client that changed at OSCaR, by its global id. */
    private final Consumer<String> oscarChanged;

    /** From the service to its referral: the button is further away than the next field. */
    private final int mostLookingMillis;

    private IntConsumer looking = History::pause;

    History(Plan plan, int pauseMillis, Stage stage) {
        this.primero = stage.primero;
        this.oscar = stage.oscar;
        this.codes = stage.codes;
        this.oscarChanged = stage::oscarChanged;
        this.mostLookingMillis = 1 + 4 * pauseMillis;
        SplittableRandom random = new SplittableRandom(plan.seed());
        for (int i = 0; i < plan.records(); i++) {
            kept.children.add(new Child(i, i % 2 == 0));
        }
        new Drawing(random, plan, pauseMillis).draw(steps);
    }

    /** How long all of it takes by Primero's clock, at the most. */
    static Duration length(Plan plan) {
        return Duration.ofSeconds((long) Drawing.MOST_SECONDS_BETWEEN_ACTS * (plan.acts() + 2L));
    }

    List<Step> steps() {
        return steps;
    }

    int putOff() {
        return putOff.size();
    }

    /** All children come, with nothing referred yet. */
    void begin() {
        for (Child child : kept.children) {
            String given = "Child" + child.number;
            if (child.ofMinistry) {
                child.caseId = primero.worker()
                        .newCase(Map.ofEntries(
                                Map.entry("name_first", given),
                                Map.entry("name_last", "Example"),
                                Map.entry("sex", child.number % 4 == 0 ? "female" : "male"),
                                Map.entry("age", 11),
                                Map.entry("date_of_birth", "2015-04-09"),
                                Map.entry("location_current", "1020304"),
                                Map.entry("risk_level", RISKS.get(child.number % RISKS.size())),
                                Map.entry("owned_by", "mgrpnh"),
                                Map.entry("consent_for_services", true),
                                Map.entry("disclosure_other_orgs", true)));
                kept.names.put(child, given);
            } else {
                child.ngo = ngo(child.number);
                child.slug = oscar.worker(child.ngo)
                        .newClient(ClientForm.named(given, "Sample")
                                .status("Referred")
                                .livesAt("12010203"));
                told(child.ngo, child.slug);
            }
        }
    }

    private String ngo(int number) {
        return codes.agencies().get(number % codes.agencies().size()).get("oscar_organization");
    }

    /** Does it, or puts it off; and does first what was put off and has become possible. */
    void perform(Step step) {
        primero.clock().advance(Duration.ofSeconds(step.clockSeconds()));
        again();
        if (!done(step)) {
            putOff.add(step);
        }
    }

    /** Tries once more a few of those that were not possible yet. @return whether any of them is done now */
    boolean again() {
        boolean any = false;
        for (int i = Math.min(3, putOff.size()); i > 0; i--) {
            Step step = putOff.poll();
            if (done(step)) {
                any = true;
            } else {
                putOff.add(step);
            }
        }
        return any;
    }

    private boolean done(Step step) {
        Child child = kept.children.get(step.child());
        return switch (step.act()) {
            case REFER -> refer(child, step);
            case REFER_AGAIN -> referAgain(child, step);
            case EDIT_CASE -> editCase(child, step);
            case TAKE_UP -> takeUp(child);
            case DECIDE_AT_NGO -> decideAtNgo(child, step);
            case EDIT_BOTH_SIDES -> editBothSides(child, step);
            case REFER_TO_MINISTRY -> referToMinistry(child, step);
            case DECIDE_IN_PRIMERO -> decideInPrimero(child, step);
            case EDIT_CLIENT -> editClient(child, step);
        };
    }

    /** How it goes on when somebody looks for a button for so many milliseconds. */
    void looking(IntConsumer how) {
        looking = how;
    }

    /** Besides what was drawn: because a fault is to meet a referral. */
    void somebodyRefers(Runnable beforeIt) {
        int number = kept.out.size();
        refer(kept.children.get(number * 2 % kept.children.size()), number, beforeIt);
    }

    private boolean refer(Child child, Step step) {
        refer(child, step.choice(), () -> looking.accept(step.choice() % mostLookingMillis));
        return true;
    }

    void refer(Child child, int choice, Runnable beforeIt) {
        Map<String, String> agency =
                codes.agencies().get(choice % codes.agencies().size());
        // Never the same service twice of one child: which answer belongs to which referral is then no question.
        Map<String, String> service =
                codes.services().get(child.referrals++ % codes.services().size());
        String row = primero.worker()
                .addService(
                        child.caseId,
                        Map.of(
                                "service_response_type", "referral_to_oscar",
                                "service_type", service.get("primero_type"),
                                "service_subtype", List.of(service.get("primero_subtype")),
                                "service_implementing_agency", agency.get("primero_agency"),
                                "referral_status_edf41f2", "pending_310366"));
        beforeIt.run();
        refer(child, agency, service.get("oscar_service"), row);
    }

    private void refer(Child child, Map<String, String> agency, String service, String row) {
        String note = "Note " + kept.out.size() + " of " + child;
        String referral = primero.worker().refer(child.caseId, row, agency.get("primero_user"), note);
        kept.out.add(new Out(child, agency.get("oscar_organization"), service, row, referral, note));
    }

    private boolean referAgain(Child child, Step step) {
        List<Out> before = kept.outOf(child);
        if (before.isEmpty()) {
            return false;
        }
        Out out = before.get(step.choice() % before.size());
        Map<String, String> agency = codes.agencies().stream()
                .filter(each -> each.get("oscar_organization").equals(out.ngo()))
                .findFirst()
                .orElseThrow();
        refer(child, agency, out.service(), out.row());
        return true;
    }

    private boolean editCase(Child child, Step step) {
        String name = "Child" + child.number + " edited " + step.number();
        primero.worker().edit(child.caseId, Map.of("name_first", name));
        kept.names.put(child, name);
        return true;
    }

    private Optional<ReferralFacts> atNgo(Out out) {
        return oscar.checks().referrals(out.ngo()).stream()
                .filter(each -> each.received() && out.note().equals(each.reason()))
                .findFirst();
    }

    boolean takeUp(Child child) {
        for (Out out : kept.outOf(child)) {
            Optional<ReferralFacts> there = atNgo(out).filter(ReferralFacts::pending);
            if (there.isPresent()) {
                String slug = oscar.worker(out.ngo()).takeUp(there.get().id());
                told(out.ngo(), slug);
                return true;
            }
        }
        return false;
    }

    private boolean decideAtNgo(Child child, Step step) {
        for (Out out : kept.outOf(child)) {
            Optional<ReferralFacts> there =
                    atNgo(out).filter(each -> !each.pending() && !kept.decidedAtNgo.containsKey(out.note()));
            if (there.isPresent()) {
                String status = step.choice() % 3 == 0 ? "Exited" : "Accepted";
                oscar.worker(out.ngo()).setReferralStatus(there.get().id(), status);
                kept.decidedAtNgo.put(out.note(), status);
                told(out.ngo(), there.get().slug());
                return true;
            }
        }
        return false;
    }

    /** The name here and there; in a linked child Primero's stays. */
    private boolean editBothSides(Child child, Step step) {
        for (Out out : kept.outOf(child)) {
            Optional<ReferralFacts> there = atNgo(out).filter(each -> !each.pending());
            if (there.isPresent()) {
                editCase(child, step);
                String slug = there.get().slug();
                oscar.worker(out.ngo())
                        .editClient(slug, form -> form.name("Child" + child.number + " at NGO", "Example")
                                .mosvyNumber(number(child)));
                told(out.ngo(), slug);
                return true;
            }
        }
        return false;
    }

    private boolean referToMinistry(Child child, Step step) {
        referToMinistry(child, child.client(), step.choice());
        return true;
    }

    In referToMinistry(Child child, Kept.Client client, int choice) {
        String service = codes.services()
                .get(child.referrals++ % codes.services().size())
                .get("oscar_service");
        int id = oscar.worker(client.ngo())
                .referToMinistry(
                        client.slug(),
                        Outward.of(RISKS.get(choice % RISKS.size()).replace('_', ' '), service));
        In in = new In(child, client, service, id);
        kept.in.add(in);
        told(client.ngo(), client.slug());
        return in;
    }

    static String number(Child child) {
        return "M-" + child.number;
    }

    boolean isNumbered(Kept.Client client) {
        String number = oscar.checks().client(client.ngo(), client.slug()).mosvyNumber();
        return number != null && !number.isEmpty();
    }

    /** An NGO enters the ministry's number of a child. */
    void number(Child child, Kept.Client client) {
        oscar.worker(client.ngo()).editClient(client.slug(), form -> form.mosvyNumber(number(child)));
        told(client.ngo(), client.slug());
    }

    void referTo(Child child, String ngo) {
        List<String> ngos = codes.agencies().stream()
                .map(each -> each.get("oscar_organization"))
                .toList();
        refer(child, ngos.indexOf(ngo), () -> {});
    }

    /** Whether the case of a child of the ministry has its row. */
    boolean arrived(In in) {
        for (JsonNode row : primero.caseById(in.child().caseId).orElseThrow().path("services_section")) {
            boolean ofNgo = codes.agencies().stream()
                    .filter(each ->
                            each.get("oscar_organization").equals(in.client().ngo()))
                    .anyMatch(each -> each.get("primero_agency")
                            .equals(row.path("service_implementing_agency").asText()));
            if (ofNgo
                    && row.path("service_response_type").asText().equals("referral_from_oscar")
                    && row.path("oscar_referral_id_a4ac8a5").asText().equals(String.valueOf(in.id()))) {
                return true;
            }
        }
        return false;
    }

    /** Where a child of the ministry is a client by now, and known to be one on both sides. */
    List<Kept.Client> clientsOf(Child child) {
        if (!child.ofMinistry) {
            return List.of();
        }
        String caseId =
                primero.caseById(child.caseId).orElseThrow().path("case_id").asText();
        return kept.outOf(child).stream()
                .flatMap(out -> atNgo(out).stream().filter(there -> !there.pending()))
                .map(there -> new Kept.Client(there.organization(), there.slug()))
                .distinct()
                .filter(client -> caseId.equals(
                        oscar.checks().client(client.ngo(), client.slug()).externalId()))
                .toList();
    }

    /** Of several clients a case shows one: each NGO that was asked about a child makes a person of its own of it (contract 3.5). */
    Optional<Kept.Client> shownClientOf(Child child) {
        String number = primero.caseById(child.caseId)
                .orElseThrow()
                .path("oscar_number")
                .asText();
        return clientsOf(child).stream()
                .filter(client -> number.equals(
                        oscar.checks().client(client.ngo(), client.slug()).globalId()))
                .findFirst();
    }

    private boolean decideInPrimero(Child child, Step step) {
        String number = oscar.checks().client(child.ngo, child.slug).globalId();
        for (JsonNode one : primero.caseByOscarNumber(number)) {
            for (In in : kept.inOf(child)) {
                for (JsonNode row : one.path("services_section")) {
                    if (!kept.decidedInPrimero.containsKey(in.key())
                            && row.path("oscar_referral_id_a4ac8a5").asText().equals(String.valueOf(in.id()))) {
                        boolean accepts = step.choice() % 3 > 0;
                        String caseId = one.path("id").asText();
                        String rowId = row.path("unique_id").asText();
                        if (accepts) {
                            primero.worker().acceptFromOscar(caseId, rowId);
                        } else {
                            primero.worker().rejectFromOscar(caseId, rowId);
                        }
                        kept.decidedInPrimero.put(in.key(), accepts ? "Accepted" : "Exited");
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean editClient(Child child, Step step) {
        oscar.worker(child.ngo)
                .editClient(child.slug, form -> form.name("Child" + child.number + " edited " + step.number(), "Sample")
                        .mosvyNumber(number(child)));
        told(child.ngo, child.slug);
        return true;
    }

    private void told(String ngo, String slug) {
        oscarChanged.accept(oscar.checks().client(ngo, slug).globalId());
    }

    static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
