package dev.tandem.chaos;

import static dev.tandem.chaos.LedgerView.TO_OSCAR;
import static dev.tandem.chaos.LedgerView.TO_PRIMERO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.chaos.Findings.Sort;
import dev.tandem.chaos.Kept.Child;
import dev.tandem.chaos.Kept.In;
import dev.tandem.chaos.Kept.Out;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.oscar.ReferralFacts;
import dev.tandem.sandbox.primero.Referral;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Compares what people did with what both systems hold and what the ledger says of it. */
final class Checker {
    /** What the two systems, or a fault of theirs, explain. */
    private static final Set<String> CAUSES = Set.of("lost-answer", "http-400", "http-422", "waits");

    private final Kept kept;
    private final LedgerView ledger;
    private final LostAnswers answers;
    private final Findings findings;
    private final Map<String, ObjectNode> cases = new HashMap<>();
    private final Map<String, List<ObjectNode>> byNumber = new HashMap<>();
    private final Map<String, List<ReferralFacts>> byNote = new HashMap<>();
    private final Map<String, ReferralFacts> byNumberAtNgo = new HashMap<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<String, Referral> referrals = new HashMap<>();
    private final Map<String, ClientFacts> clients = new HashMap<>();
    private final Map<String, String> agencies = new HashMap<>();

    Checker(Kept kept, Stage stage, LedgerView ledger, LostAnswers answers, Findings findings) {
        this.kept = kept;
        this.ledger = ledger;
        this.answers = answers;
        this.findings = findings;
        stage.codes.agencies().forEach(row -> agencies.put(row.get("primero_agency"), row.get("oscar_organization")));
        for (ObjectNode one : stage.primero.cases()) {
            cases.put(text(one, "id"), one);
            if (!text(one, "oscar_number").isEmpty()) {
                byNumber.computeIfAbsent(text(one, "oscar_number"), number -> new ArrayList<>())
                        .add(one);
            }
            for (JsonNode row : one.path("services_section")) {
                String number = text(row, "oscar_referral_id_a4ac8a5");
                if (text(row, "service_response_type").equals("referral_from_oscar") && !number.isEmpty()) {
                    rows.merge(agencies.get(text(row, "service_implementing_agency")) + ":" + number, 1, Integer::sum);
                }
            }
        }
        for (ReferralFacts each : stage.oscar.checks().referrals()) {
            byNumberAtNgo.put(each.organization() + ":" + each.id(), each);
            if (each.received()) {
                byNote.computeIfAbsent(each.reason(), note -> new ArrayList<>()).add(each);
            }
        }
        stage.primero.referrals().forEach(each -> referrals.put(each.id(), each));
        stage.oscar.checks().clients().forEach(each -> clients.put(record(each), each));
    }

    void check() {
        Map<String, Out> newest = new HashMap<>();
        kept.out.forEach(out -> newest.put(out.row(), out));
        kept.out.forEach(out -> sent(out, out.equals(newest.get(out.row()))));
        kept.in.forEach(this::sent);
        kept.children.forEach(this::linked);
        kept.names.forEach(this::keptName);
        kept.numbers.forEach(this::keptNumber);
        kept.decidedAtNgo.forEach(this::decidedAtNgo);
        kept.decidedInPrimero.forEach(this::decidedInPrimero);
        nobodyElse();
        ledger.open.forEach(item -> findings.add(Sort.NOT_AT_REST, item));
        for (LedgerView.Effect effect : ledger.effects) {
            if (effect.listed()) {
                boolean explained =
                        CAUSES.contains(effect.code()) || effect.key().startsWith("conflict:");
                findings.add(explained ? Sort.LISTED : Sort.UNEXPLAINED, effect.toString());
            } else if (!Set.of("confirmed", "discarded").contains(effect.state())) {
                findings.add(Sort.NOT_AT_REST, effect.toString());
            }
        }
    }

    private void sent(Out out, boolean newest) {
        findings.looked("referrals to NGOs", 1);
        List<ReferralFacts> there = byNote.getOrDefault(out.note(), List.of()).stream()
                .filter(each -> each.organization().equals(out.ngo()))
                .sorted(Comparator.comparing(ReferralFacts::id))
                .toList();
        Optional<LedgerView.Effect> effect =
                ledger.effect(TO_OSCAR, out.child().caseId, "referral:" + out.row() + ":" + out.referral());
        String name = out.child() + ", " + out.note() + " to " + out.ngo();
        if (there.isEmpty()) {
            boolean listed = effect.filter(LedgerView.Effect::listed).isPresent()
                    || ledger.listed(TO_OSCAR, out.child().caseId, "read");
            boolean confirmed = effect.map(LedgerView.Effect::state)
                    .filter("confirmed"::equals)
                    .isPresent();
            if (confirmed || (newest && !listed && !anotherStandsForIt(out))) {
                findings.add(
                        Sort.LOST,
                        name + " (ledger: "
                                + effect.map(LedgerView.Effect::state).orElse("nothing") + "; its row: " + ofRow(out)
                                + ")");
            }
            return;
        }
        if (there.size() == 1) {
            return;
        }
        boolean named = effect.filter(LedgerView.Effect::possibleRepeat).isPresent();
        boolean lost = answers.wasLost(there.get(0), text(cases.get(out.child().caseId), "case_id"));
        boolean allowed = there.size() == 2 && named && lost;
        findings.add(
                allowed ? Sort.REPEATED : Sort.DOUBLED,
                name + " is there " + there.size() + " times, " + (named ? "named" : "not named") + ", its answer "
                        + (lost ? "lost" : "not lost"));
    }

    private List<String> ofRow(Out out) {
        return kept.out.stream()
                .filter(each -> each.row().equals(out.row()))
                .map(each -> referrals.get(each.referral()).status() + " and "
                        + byNote.getOrDefault(each.note(), List.of()).size() + " there")
                .toList();
    }

    /**
     * A row whose earlier referral is at the NGO and not answered owes no second one (mapping facts R18); and what the NGO says
     * answers all that were open on the row then.
     */
    private boolean anotherStandsForIt(Out out) {
        boolean answered = !referrals.get(out.referral()).status().equals("in_progress");
        return kept.out.stream()
                .filter(each -> !each.equals(out) && each.row().equals(out.row()))
                .filter(each ->
                        answered || referrals.get(each.referral()).status().equals("in_progress"))
                .anyMatch(each -> byNote.containsKey(each.note())
                        || ledger.listed(
                                TO_OSCAR, each.child().caseId, "referral:" + each.row() + ":" + each.referral()));
    }

    private void sent(In in) {
        findings.looked("referrals to the ministry", 1);
        int there = rows.getOrDefault(in.key(), 0);
        String record = in.client().toString();
        if (there > 1) {
            findings.add(Sort.DOUBLED, in.child() + ", " + in.key() + " has " + there + " rows");
        } else if (there == 0
                && !ledger.listed(TO_PRIMERO, record, "service:" + in.key() + ":", "case", "read", "ids")) {
            findings.add(Sort.LOST, in.child() + ", " + in.key());
        }
    }

    private void linked(Child child) {
        if (child.ofMinistry) {
            ObjectNode one = cases.get(child.caseId);
            List<ClientFacts> own = kept.outOf(child).stream()
                    .flatMap(out -> byNote.getOrDefault(out.note(), List.of()).stream())
                    .filter(each -> each.slug() != null)
                    .map(each -> clients.get(each.organization() + "/" + each.slug()))
                    .distinct()
                    .toList();
            own.forEach(client -> linked(child, one, client));
            if (!own.isEmpty()
                    && own.stream().noneMatch(client -> client.globalId().equals(text(one, "oscar_number")))) {
                boolean listed = own.stream()
                        .anyMatch(client -> ledger.listed(TO_PRIMERO, record(client), "ids", "case", "read"));
                if (!listed) {
                    findings.add(
                            text(one, "oscar_number").isEmpty() ? Sort.STALE : Sort.WRONGLY_LINKED,
                            child + ": the number");
                }
            }
            return;
        }
        ClientFacts client = clients.get(child.ngo + "/" + child.slug);
        List<ObjectNode> there = byNumber.getOrDefault(client.globalId(), List.of());
        if (there.size() > 1) {
            findings.add(Sort.DOUBLED, child + " has " + there.size() + " cases");
        }
        there.forEach(one -> linked(child, one, client));
    }

    private void linked(Child child, ObjectNode one, ClientFacts client) {
        findings.looked("links", 1);
        String held = client.externalId() == null ? "" : client.externalId();
        if (!held.equals(text(one, "case_id"))) {
            boolean listed = ledger.listed(
                    TO_OSCAR, text(one, "id"), "link:" + record(client).replace('/', ':'), "read");
            if (!held.isEmpty()) {
                findings.add(Sort.WRONGLY_LINKED, child + ": " + record(client));
            } else if (!listed) {
                findings.add(Sort.STALE, child + ": " + record(client) + " does not know its case");
            }
        }
        boolean listed = ledger.listed(TO_PRIMERO, record(client), "case", "ids", "read");
        if (text(one, "oscar_short_id").equals(client.slug())
                && !text(one, "oscar_status").equals(client.status())
                && !listed) {
            findings.add(Sort.STALE, child + ": the client's status " + record(client));
        }
        boolean numbered = client.mosvyNumber() != null && !client.mosvyNumber().isEmpty();
        if (numbered && text(one, "mosvy_number").isEmpty() && !listed) {
            findings.add(Sort.STALE, child + ": the ministry's number " + record(client));
        }
    }

    private void keptName(Child child, String name) {
        findings.looked("fields that a person entered", 1);
        if (!text(cases.get(child.caseId), "name_first").equals(name)) {
            findings.add(Sort.OVERWRITTEN, child + ": name_first");
        }
    }

    private void keptNumber(Kept.Client client, Child child) {
        findings.looked("fields that an NGO entered", 1);
        if (!Objects.equals(clients.get(client.toString()).mosvyNumber(), History.number(child))) {
            findings.add(Sort.OVERWRITTEN, child + ": the ministry's number of " + client);
        }
    }

    private void decidedAtNgo(String note, String decision) {
        findings.looked("decisions of NGOs", 1);
        Out out = kept.out.stream()
                .filter(each -> each.note().equals(note))
                .findFirst()
                .orElseThrow();
        List<ReferralFacts> there = byNote.get(note);
        boolean alone = there.size() == 1
                && kept.out.stream()
                                .filter(each -> each.row().equals(out.row()))
                                .count()
                        == 1;
        if (!alone) {
            return;
        }
        String record = out.ngo() + "/" + there.get(0).slug();
        String name = out.ngo() + ":" + there.get(0).id();
        JsonNode row = row(cases.get(out.child().caseId), out.row());
        boolean accepted = decision.equals("Accepted");
        boolean shown = text(row, "referral_status_edf41f2").equals(accepted ? "accepted_340953" : "rejected_936484")
                && referrals.get(out.referral()).status().equals(accepted ? "accepted" : "rejected");
        if (!shown
                && !ledger.listed(TO_PRIMERO, record, "decision:" + name, "conflict:" + name, "read", "case", "ids")) {
            findings.add(
                    Sort.STALE,
                    out.child() + ": " + decision + " at " + name + " is " + text(row, "referral_status_edf41f2") + "/"
                            + referrals.get(out.referral()).status() + " in Primero");
        }
    }

    private void decidedInPrimero(String key, String decision) {
        findings.looked("decisions of the ministry", 1);
        ReferralFacts there = byNumberAtNgo.get(key);
        List<LedgerView.Effect> known = byNumber.getOrDefault(there.globalId(), List.of()).stream()
                .flatMap(one -> ledger.of(TO_OSCAR, text(one, "id")).stream())
                .filter(each -> each.key().equals("read") || each.key().endsWith(":" + key))
                .toList();
        if (!there.status().equals(decision) && known.stream().noneMatch(LedgerView.Effect::listed)) {
            findings.add(
                    Sort.STALE,
                    decision + " in Primero of " + key + " is " + there.status() + " at OSCaR (ledger: " + known + ")");
        }
    }

    /** Nothing is there that nobody brought. */
    private void nobodyElse() {
        Set<String> numbers = new java.util.HashSet<>();
        Set<String> known = new java.util.HashSet<>();
        for (Child child : kept.children) {
            if (child.ofMinistry) {
                known.add(child.caseId);
            } else {
                numbers.add(clients.get(child.ngo + "/" + child.slug).globalId());
            }
        }
        for (ObjectNode one : cases.values()) {
            if (!known.contains(text(one, "id")) && !numbers.contains(text(one, "oscar_number"))) {
                findings.add(Sort.WRONGLY_LINKED, "a case of nobody: " + text(one, "id"));
            }
        }
        Set<String> notes = new java.util.HashSet<>();
        kept.out.forEach(out -> notes.add(out.note()));
        byNote.keySet().stream()
                .filter(note -> !notes.contains(note))
                .forEach(note -> findings.add(Sort.WRONGLY_LINKED, "a referral of nobody"));
    }

    private static JsonNode row(ObjectNode one, String uniqueId) {
        for (JsonNode row : one.path("services_section")) {
            if (text(row, "unique_id").equals(uniqueId)) {
                return row;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String record(ClientFacts client) {
        return client.organization() + "/" + client.slug();
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : "";
    }
}
