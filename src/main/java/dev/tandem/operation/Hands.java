package dev.tandem.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.hands.Erasure;
import dev.tandem.ledger.hands.InWork;
import dev.tandem.ledger.hands.Pairing;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.operation.report.HandReport;
import dev.tandem.operation.report.HandReport.Consequence;
import dev.tandem.operation.request.ForgetRequest;
import dev.tandem.operation.request.PairRequest;
import dev.tandem.operation.request.RequestRefused;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.camel.Exchange;

/** A person's hand on a pairing or a record: looked at on both sides, and what it causes is said before it is done. */
final class Hands {
    private static final String TO_OSCAR = "primero-to-oscar";
    private static final String TO_PRIMERO = "oscar-to-primero";

    private final Ledger ledger;
    private final BiFunction<String, Map<String, Object>, Exchange> systems;

    /** @param systems calls a route, such as {@code read-case}, with headers, and waits for its end */
    Hands(Ledger ledger, BiFunction<String, Map<String, Object>, Exchange> systems) {
        this.ledger = ledger;
        this.systems = systems;
    }

    HandReport link(PairRequest request) {
        Pairing.Pair pair = pair(request);
        Pairing.Known known = known(request, pair);
        JsonNode theCase = theCase(request.caseId());
        if (Fields.isFalse(theCase, "record_state") || Fields.isFalse(theCase, "enabled")) {
            throw new RequestRefused(
                    400,
                    "case-disabled",
                    "The case " + request.caseId() + " is disabled in Primero: link the one that is used.");
        }
        List<Consequence> means = new ArrayList<>();
        known.linkedTo()
                .ifPresent(before -> means.add(
                        before.equals(request.caseId())
                                ? new Consequence(
                                        "linked-already",
                                        "The two are linked already: the link is now a person's, and stays.")
                                : new Consequence(
                                        "linked-elsewhere",
                                        "The client is linked to the case " + before
                                                + " now, and that link ends. What Tandem"
                                                + " wrote to that case (services, decisions, OSCaR number) stays there: correct"
                                                + " it in Primero.")));
        means.add(toOscar(theCase, known));
        means.add(toPrimero(theCase, known));
        means.add(new Consequence(
                "kept-in-step",
                "From then on the two are one child: the client's services and decisions are written to the case, and"
                        + " referrals of the case to this NGO go to this client and overwrite its name, gender, birth"
                        + " date and location there."));
        if (!known.others().isEmpty()) {
            means.add(new Consequence(
                    "other-clients", "The case has other clients as well: " + String.join(", ", known.others()) + "."));
        }
        if (known.parked() > 0) {
            means.add(new Consequence("parked", known.parked() + " parked effects of the two are looked at again."));
        }
        means.add(whenRead(pair));
        return done(
                "Link case " + request.caseId() + " and client " + request.client(),
                request.act(),
                means,
                () -> ledger.pairing().link(pair, request.by()));
    }

    private static Consequence toOscar(JsonNode theCase, Pairing.Known known) {
        String caseId = Fields.text(theCase, "case_id");
        String holds = known.externalId().orElse("");
        if (holds.isBlank()) {
            return new Consequence(
                    "oscar-gets-ids",
                    "OSCaR gets the case's ids for this client, and for the same child's clients at other NGOs"
                            + " (the same global id).");
        }
        return holds.equals(caseId)
                ? new Consequence("oscar-has-ids", "OSCaR has the case's ids for this client already.")
                : new Consequence(
                        "oscar-turned",
                        "OSCaR has linked this client to another case (case_id " + holds
                                + "): its link is turned to this"
                                + " case, also for the same child's clients at other NGOs (the same global id).");
    }

    private static Consequence toPrimero(JsonNode theCase, Pairing.Known known) {
        String number = Fields.text(theCase, "oscar_number");
        if (Fields.isBlank(number)) {
            return new Consequence("case-gets-number", "The case gets the client's OSCaR number and short id.");
        }
        return number.equals(known.number().orElse(""))
                ? new Consequence("case-has-number", "The case has the client's OSCaR number already.")
                : new Consequence(
                        "case-keeps-number",
                        "The case has another OSCaR number, and keeps it: if it is wrong, correct it in Primero.");
    }

    private Consequence whenRead(Pairing.Pair pair) {
        return ledger.snapshots().has(pair.record().flow(), pair.record().record())
                ? new Consequence("at-once", "A running service begins at once, otherwise the next sync.")
                : new Consequence(
                        "next-full-sweep",
                        "It begins when OSCaR next shows the client: in the next full sweep at the latest. To have it"
                                + " now, run tandem sync --full.");
    }

    HandReport unlink(PairRequest request) {
        Pairing.Pair pair = pair(request);
        Pairing.Known known = known(request, pair);
        List<Consequence> means = new ArrayList<>();
        boolean linked = known.linkedTo().filter(request.caseId()::equals).isPresent();
        if (!linked) {
            theCase(request.caseId());
        }
        means.add(
                linked
                        ? new Consequence(
                                "stays",
                                "What Tandem wrote to either side because of this link (services, decisions, ids) stays"
                                        + " there: correct it in Primero, and have OSCaR's administrators correct it there.")
                        : new Consequence(
                                "not-linked",
                                "The ledger does not link the two now"
                                        + known.linkedTo()
                                                .map(other -> " (it links the client to the case " + other + ")")
                                                .orElse("")
                                        + ": it keeps that they are not the same child."));
        means.add(new Consequence(
                "not-again",
                "No rule of Tandem links the two again, whatever numbers and ids they show; only tandem link does."));
        means.add(
                new Consequence(
                        "client-without-case",
                        "If no other case has the client's numbers, the client is parked (unlinked) until you link it to the right"
                                + " case, or until the wrong case no longer has them: then Tandem finds or makes the case by its rules."));
        means.add(new Consequence(
                "no-number",
                "Referrals of the case to this NGO no longer name this client. As long as the case has its OSCaR number,"
                        + " decisions on referrals from OSCaR may still name it: correct the number in Primero."));
        return done(
                "Unlink case " + request.caseId() + " and client " + request.client(),
                request.act(),
                means,
                () -> ledger.pairing().unlink(pair, request.by()));
    }

    HandReport forget(ForgetRequest request) {
        boolean client = request.id().contains("/");
        ItemKey item = new ItemKey(client ? TO_PRIMERO : TO_OSCAR, request.id());
        Erasure.Held held = ledger.erasure()
                .held(item)
                .orElseThrow(() -> new RequestRefused(
                        404,
                        "not-held",
                        "Neither the ledger nor the journal holds a record " + request.id()
                                + ": give the id of a Primero case, or an OSCaR client as NGO/SLUG."));
        String system = client ? "OSCaR" : "Primero";
        List<Consequence> means = new ArrayList<>();
        means.add(
                new Consequence(
                        "goes",
                        held.effects() + " effects, " + held.journal()
                                + " lines of the journal, the link and what is kept of its"
                                + " last state are removed. The journal keeps that a record was forgotten, when and by whom, not which."));
        means.add(new Consequence(
                "hashes",
                held.sent()
                        + " of the effects were sent or may have been: a keyed hash of each stays, so that Tandem does"
                        + " not send them again if the record comes back."));
        if (held.open() > 0) {
            means.add(new Consequence(
                    "open",
                    held.open()
                            + " effects are not sent yet, or parked or waiting: they are removed too, and come back if "
                            + system + " still shows the record."));
        }
        means.add(new Consequence(
                "later-sweeps",
                "If " + system + " still has the record, a later sweep reads it and the ledger holds its ids again:"
                        + " have it erased there first."));
        if (!held.linked().isEmpty()) {
            means.add(new Consequence(
                    "linked",
                    "The records linked to it stay, without the link: " + String.join(", ", held.linked())
                            + ". To forget them as well, run tandem forget for each."));
        }
        means.add(new Consequence(
                "elsewhere", "Backups of the ledger, and logs that you keep, still hold the record's ids."));
        return done("Forget " + request.id(), request.act(), means, () -> ledger.erasure()
                .forget(item, request.by()));
    }

    private static HandReport done(String what, boolean act, List<Consequence> means, Runnable how) {
        if (act) {
            try {
                how.run();
            } catch (InWork inWork) {
                throw new RequestRefused(
                        409,
                        "in-work",
                        "Tandem works on this record at the moment. Nothing was changed: try again shortly.");
            }
        }
        return new HandReport(what, act, means);
    }

    private static Pairing.Pair pair(PairRequest request) {
        return new Pairing.Pair(new ItemKey(TO_PRIMERO, request.client()), new ItemKey(TO_OSCAR, request.caseId()));
    }

    /** OSCaR cannot be asked for one client: what its feed has shown is in the ledger. */
    private Pairing.Known known(PairRequest request, Pairing.Pair pair) {
        Pairing.Known known = ledger.pairing().known(pair);
        if (!known.shown()) {
            throw new RequestRefused(
                    404,
                    "no-such-client",
                    "OSCaR has not shown a client " + request.client()
                            + " to this ledger. Check the NGO's short name and"
                            + " the client's slug; if the client is new, run tandem sync first.");
        }
        return known;
    }

    private JsonNode theCase(String id) {
        Exchange read = systems.apply("read-case", Map.of("TandemCaseId", id));
        Exception failure = read.getException();
        if (failure instanceof Refused refused && refused.status() == 404) {
            throw new RequestRefused(
                    404,
                    "no-such-case",
                    "Primero has no case " + id
                            + " that Tandem's account can see. The id is the last part of the address"
                            + " of the case's page, not the number shown on it.");
        }
        if (failure != null) {
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of("The case could not be read from Primero ("
                            + (failure instanceof Setback setback
                                    ? setback.getMessage()
                                    : failure.getClass().getSimpleName())
                            + "). Nothing was changed."));
        }
        return read.getMessage().getBody(JsonNode.class);
    }
}
