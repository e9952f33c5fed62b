package dev.tandem.operation;

import dev.tandem.ledger.effects.Effect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What to do about an effect that needs help, by the code of its reason; the only place for these texts. */
public final class Advice {
    /**
     * What a code means.
     *
     * @param symptom what is seen, in a few words
     * @param todo what to do, in a sentence or two
     */
    public record Entry(String symptom, String todo) {}

    /** Any refusal by status that has no line of its own. */
    static final String ANY_STATUS = "http-4xx";

    private static final Map<String, Entry> TABLE = new LinkedHashMap<>();

    static {
        add(
                "unmapped-code",
                "No code list has this value",
                "Add a row to the code list that the reason names (mappings/code-lists); Tandem then tries again with the new version. If the value is wrong, correct it where it was entered.");
        add(
                "blank",
                "A required field is empty",
                "Fill in the field that the reason names, at its source. Tandem then tries again.");
        add(
                "not-a-date",
                "A field is not a date",
                "Correct the field that the reason names, at its source. Tandem then tries again.");
        add(
                "not-digits",
                "A field has other characters than digits",
                "Correct the field that the reason names, at its source. Tandem then tries again.");
        add(
                "not-a-number",
                "A number has too many digits",
                "Correct the field that the reason names, at its source. Tandem then tries again.");
        add(
                "mapping-failed",
                "A mapping failed on this record",
                "The reason names the mapping and its line. Correct it (tandem validate runs its examples); Tandem then tries again with the new version.");
        add(
                "mapping-missing",
                "A mapping is missing",
                "Put the file that the reason names back into the mappings directory.");
        add(
                "mapping-too-slow",
                "A mapping did not end in time",
                "Look for nested loops in the mapping that the reason names.");
        add(
                "not-json",
                "A step before the mapping did not give JSON",
                "Somebody changed a route: compare it with the shipped one.");
        add(
                "no-service",
                "A referral in Primero names no service",
                "Ask the social worker to withdraw it and to refer the service itself, from its row.");
        add(
                "other-recipient",
                "A referral has another receiver than its row",
                "Ask the social worker to refer to a user of the row's own NGO, or to correct the NGO of the row.");
        add(
                "ngo-gone",
                "The NGO is no longer in OSCaR's feed",
                "Ask OSCaR's administrators whether the NGO's instance was closed. If so, refer to another NGO and discard this.");
        add(
                "ngo-not-live",
                "The NGO does not take part yet (tandem.ngos)",
                "Do nothing until the NGO goes live. Then add its name to tandem.ngos and restart Tandem, which then sends this. A retry does not skip this.");
        add(
                "braked",
                "The first sync, or an edit, would write to more records than tandem.brake",
                "Look at some of the records that were written. If they are right, run `approve`, and Tandem sends all of it. A retry sends only this one.");
        add(
                "second-ngo",
                "Another NGO holds this child already",
                "If sent, the child gets a second OSCaR number (tandem.oscar.second-ngo=park holds such referrals back). Retry to send it all the same.");
        add(
                "two-ngos",
                "Several NGOs hold the child under one number",
                "The request to OSCaR cannot name the NGO. Enter the decision in OSCaR by hand, then discard this.");
        add(
                "two-cases",
                "Several cases have the same number",
                "Find the right case in Primero and disable or correct the other one. Tandem then tries again, at the next full sweep at the latest.");
        add(
                "other-link",
                "OSCaR has linked this client to another case",
                "Find out which case is the child's. If OSCaR is wrong, have it corrected there; if both are the same child, merge the cases.");
        add(
                "conflict",
                "The two systems decided the same referral differently",
                "The reason shows both decisions. Agree on one and enter it in the other system; Tandem then closes this entry. Nothing else waits for it.");
        add(
                "no-such-case",
                "OSCaR names a Primero case that does not exist",
                "The case was removed, or the link in OSCaR is wrong: have it corrected in OSCaR. Tandem creates no second case.");
        add(
                "case-not-found",
                "No Primero case has the client's numbers",
                "Check that the case exists and that Tandem's user in Primero can see it (role and scope).");
        add(
                "no-key",
                "An OSCaR client has no number at all",
                "Ask OSCaR's administrators: every client has one there.");
        add(
                "case-disabled",
                "The case is disabled in Primero",
                "If the NGO's entry is right, enable the case in Primero. Tandem then tries again, at the next full sweep at the latest. Otherwise discard this.");
        add(
                "case-closed",
                "The case is closed, and a write would reopen it",
                "If the case is to go on, reopen it in Primero. Tandem then tries again, at the next full sweep at the latest. Otherwise discard this.");
        add(
                "no-such-owner",
                "Primero does not have the user that should own the case",
                "Create the user in Primero, or enable the account there, or correct province-owners.csv or agencies.csv. Tandem then tries again, at the next full sweep at the latest.");
        add(
                "id-taken",
                "The id of the new case is taken",
                "A case with this id is disabled, or is another child's. Look at it in Primero, then retry or discard.");
        add(
                "not-taken",
                "Primero answered yes, but did not store a field",
                "Look at the fields that the reason names. Does a form of Tandem's role in Primero have them, with write access? Is the field of the type that the mapping sends (Primero drops a list for a text, and a text for a list)? For owned_by: does the user exist? Correct that, then retry.");
        add(
                "filter-ignored",
                "Primero ignores the number in the search",
                "Give Tandem's role in Primero the form with this field; without it Tandem cannot find a child. Then retry.");
        add(
                "referral-id",
                "A referral's id in OSCaR is not a number",
                "Ask OSCaR's administrators to correct the entry.");
        add(
                "no-referral-id",
                "OSCaR shows a decision without naming its referral",
                "Enter the decision in Primero by hand, then discard this.");
        add(
                "no-match",
                "An NGO decided a referral that matches no row of the case",
                "Look for the row in Primero: its service or NGO was changed after the referral. Enter the decision by hand, then discard this.");
        add(
                "older-referral",
                "An NGO decided a referral that a newer one has replaced",
                "Check whether the decision is meant for the newer referral. Enter it by hand, then discard this.");
        add(
                "overwrites",
                "A referral overwrote values that OSCaR had of the client",
                "Usually nothing: the referral was delivered, and OSCaR takes all of Primero's values with it. The journal names the fields. If the NGO's values were right, have them corrected in Primero, or give the field to OSCaR in ownership.csv.");
        add(
                "exit-unseen-acceptance-possible",
                "A child left an NGO and counts as rejected; no reading had shown it as accepted",
                "Usually nothing. If the NGO says that it had accepted the child between two readings, correct the case in Primero by hand.");
        add(
                "accepted-before-exit",
                "A child left an NGO that had accepted it, and the referral counts as accepted",
                "Nothing: an exit is not a rejection.");
        add(
                "left-open",
                "An NGO took the child and left the referral open",
                "Ask the NGO to close it in OSCaR, as accepted or exited, on the referral's page. Tandem then tries again. The entry closes once the referral is decided in Primero.");
        add(
                "exit-of-child",
                "A referral became Exited when the child left the NGO",
                "Ask the NGO whether it had taken the child on this referral, and enter the answer in Primero by hand. Tandem then closes this entry.");
        add(
                "row-gone",
                "The row of a decided referral is gone",
                "Somebody deleted the row in Primero after the referral. Tell the social worker, then discard this.");
        add(
                "key-taken",
                "A programme has the name of a referral's number",
                "Ask the NGO to rename the programme in OSCaR.");
        add(
                "lost-answer",
                "OSCaR did not answer: the referral may have arrived",
                "Ask the NGO whether it has the referral, or look in OSCaR. If it is there, discard this; if not, retry. Tandem names a retry as a possible repeat.");
        add(
                "saved-in-part",
                "OSCaR saved the referral, but refused the client's data",
                "The referral is in the NGO's inbox. Correct the fields that the reason names for the next time, then discard this. A retry makes a second referral.");
        add(
                "unreadable-row",
                "Tandem cannot read a row of OSCaR's feed",
                "Have the client corrected in OSCaR. The reason says what is wrong and where in the feed the row is. Tandem then reads it again; it reads all other rows meanwhile.");
        add(
                "unreadable-feed",
                "One answer cannot hold some of OSCaR's data",
                "Ask OSCaR's operators to raise the time limit of their gateway; until then the reason says what Tandem does not read, or reads incompletely. Tandem then closes this entry.");
        add(
                "hidden-by-shape",
                "OSCaR is too large for one answer, and its windows do not show this",
                "Tandem reads it once a read of changes shows the client, so after any edit in OSCaR. To get all of them, ask OSCaR's operators to raise the time limit of their gateway; the next full read is then in one piece.");
        add(
                "not-in-feed",
                "OSCaR did not show the expected record in two full sweeps",
                "Ask the NGO whether the client or referral still exists and whether Tandem's user can see it. Retry to send it all the same, or discard.");
        add(
                "record-was-found",
                "OSCaR has this record already",
                "It is not a waiting referral: look for the child in OSCaR, then discard or retry.");
        add(
                "gave-up",
                "All attempts failed",
                "The reason shows what the last attempt met. Once the system works again: dead-letters retry --all --reason gave-up.");
        add(
                "unexpected",
                "Something happened that Tandem does not know",
                "The log of that moment shows where. Retry once; if it happens again, report it with the timeline of dead-letters show.");
        add(
                "cannot-be-kept",
                "An id or a name is longer than the ledger can keep",
                "Neither system gives such an id. Correct it at its source, for example an import's unique_id of a service row.");
        add(
                "answer-too-long",
                "The record is larger than Tandem can read (32 MB)",
                "Open it in its system and shorten or remove what does not belong there. Tandem then reads it again.");
        add(
                "beyond-limits",
                "The record holds a value that is too long or too large to read",
                "Open it in its system and correct the value: a text of more than 20 million characters, or a number such as 1e400. Tandem then reads it again.");
        add(
                "case-without-id",
                "A case in Primero's list has no readable id",
                "Find it in Primero by its place in the list ordered by case_id, and have Primero's operators correct it; then discard this.");
        add(
                "http-403",
                "The system does not allow it",
                "Check the rights of Tandem's user in that system: role, forms, scope. Tandem then tries again at the next full sweep; a new referral to OSCaR needs a retry.");
        add(
                "http-404",
                "The record does not exist, or is not visible",
                "Check that the record exists and that Tandem's user can see it. Then retry, or discard.");
        add(
                "http-409",
                "The system holds a record with this id",
                "Look at that record in the system; then retry or discard.");
        add(
                "http-422",
                "The system does not accept a value",
                "The reason names the fields. Correct them at their source; Tandem then tries again. If it names transitioned_to, the account that received the referral is disabled in Primero: enable it there, and Tandem tries again at the next full sweep.");
        add(
                ANY_STATUS,
                "The system refused the request",
                "The reason names the status, and the fields if any. Correct what it complains of, then retry.");
        add(
                "no-id",
                "A step addresses a record without an id",
                "Somebody changed a route: compare it with the shipped one.");
        add(
                "nothing-to-write",
                "A route was about to send a write without content",
                "Tandem sent nothing. Compare the route and the mapping with the shipped ones, correct them, then retry.");
        add(
                "host-not-allowed",
                "A route calls a host that is not allowed",
                "If the route is yours, name the host in tandem.http.allowed-hosts.");
    }

    private Advice() {}

    static Map<String, Entry> table() {
        return TABLE;
    }

    /** The line for this code; none for one that is in no table. */
    public static Optional<Entry> entry(String code) {
        return Optional.ofNullable(TABLE.get(code))
                .or(() -> Optional.ofNullable(code.matches("http-4\\d\\d") ? TABLE.get(ANY_STATUS) : null));
    }

    static String on(Effect effect) {
        return switch (effect.state()) {
            case PARKED ->
                entry(Optional.ofNullable(effect.reasonCode()).orElse(""))
                        .map(Entry::todo)
                        .orElse("Correct what the reason says, then retry; or discard it.");
            case WAITING ->
                entry(Optional.ofNullable(effect.reasonCode()).orElse(""))
                        .map(Entry::todo)
                        .orElse(
                                "consent".equals(effect.waitingFor())
                                        ? "Tandem sends it once both consents are given in Primero, and never without them."
                                        : "Tandem sends it once what it waits for has happened. Retry to send it without waiting.");
            case BASELINE ->
                "It is older than this ledger, and the integration before may have sent it. Retry to send it.";
            case DISCARDED -> "A person discarded it.";
            case CONFIRMED -> "It has arrived.";
            case OWED, INTENDED, UNKNOWN -> "Tandem is working on it.";
        };
    }

    private static void add(String code, String symptom, String todo) {
        TABLE.put(code, new Entry(symptom, todo));
    }
}
