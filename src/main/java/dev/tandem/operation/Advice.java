package dev.tandem.operation;

import dev.tandem.ledger.effects.Effect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What to do about an effect that does not go by itself, by the code of its reason: the one place where that is said. */
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
                "A value is in no code list",
                "Add a row to the code list that the reason names (mappings/code-lists); it is tried again by itself with the new version. If the value is wrong, correct it where it was entered.");
        add(
                "blank",
                "A field that is needed is empty",
                "Fill in the field that the reason names, at its source; it is tried again by itself.");
        add(
                "not-a-date",
                "A field is no date",
                "Correct the field that the reason names, at its source; it is tried again by itself.");
        add(
                "not-digits",
                "A field is not made of digits only",
                "Correct the field that the reason names, at its source; it is tried again by itself.");
        add(
                "not-a-number",
                "A number has too many digits",
                "Correct the field that the reason names, at its source; it is tried again by itself.");
        add(
                "mapping-failed",
                "A mapping failed on this record",
                "The reason names the mapping and its line. Correct it (tandem validate runs its examples); it is tried again by itself with the new version.");
        add(
                "mapping-missing",
                "A mapping is not there",
                "Put the file that the reason names back into the mappings directory.");
        add(
                "mapping-too-slow",
                "A mapping did not end in time",
                "Look for a loop over a loop in the mapping that the reason names.");
        add(
                "not-json",
                "A step before the mapping did not give JSON",
                "A route was changed: compare it with the one that ships.");
        add(
                "no-service",
                "A referral in Primero names no service",
                "Ask the social worker to withdraw it and refer the service itself, from its row.");
        add(
                "other-recipient",
                "A referral is for somebody else than its row",
                "Ask the social worker to refer to a user of the row's own NGO, or to correct the NGO of the row.");
        add(
                "ngo-gone",
                "The NGO is no longer in OSCaR's feed",
                "Ask OSCaR's administrators whether the NGO's instance was closed. If so, refer to another NGO and discard this.");
        add(
                "ngo-not-live",
                "The NGO does not take part yet (tandem.ngos)",
                "Nothing, until the NGO goes live: then add its name to tandem.ngos and start Tandem anew; it goes by itself. A retry does not skip it.");
        add(
                "braked",
                "The first sync, or an edit, would write to more records than tandem.brake",
                "Look at some of the records that were written to. If they are right, say `approve`, and all of it goes. A retry sends this one alone.");
        add(
                "second-ngo",
                "Another NGO holds this child already",
                "Sent, the child gets a second OSCaR number (tandem.oscar.second-ngo=park holds such back). Retry to send it all the same.");
        add(
                "two-ngos",
                "Several NGOs hold the child under one number",
                "The request to OSCaR cannot name the NGO: enter the decision in OSCaR by hand, then discard this.");
        add(
                "two-cases",
                "Several cases have the same number",
                "Find the right case in Primero and disable, or correct, the other; it is tried again by itself, at the next full sweep at the latest.");
        add(
                "other-link",
                "OSCaR has linked this client to another case",
                "Find out which case is the child's. If OSCaR is wrong, have it corrected there; if both are the same child, merge the cases.");
        add(
                "conflict",
                "Both systems decided the same referral differently",
                "The reason shows which. Agree on one and enter it in the other system; the entry closes by itself. Nothing else waits for it.");
        add(
                "no-such-case",
                "OSCaR names a Primero case that does not exist",
                "The case was removed, or the link in OSCaR is wrong: have it corrected in OSCaR. No second case is made.");
        add(
                "case-not-found",
                "No case of Primero has the client's numbers",
                "Check that the case exists and is visible to Tandem's user in Primero (role and scope).");
        add(
                "no-key",
                "A client of OSCaR has no number at all",
                "Ask OSCaR's administrators: every client has one there.");
        add(
                "case-disabled",
                "The case is disabled in Primero",
                "Enable the case in Primero if the NGO's entry is right: it is then tried again by itself, at the next full sweep at the latest. Else discard this.");
        add(
                "case-closed",
                "The case is closed, and writing would reopen it",
                "Reopen the case in Primero if it is to go on: it is then tried again by itself, at the next full sweep at the latest. Else discard this.");
        add(
                "no-such-owner",
                "Primero does not have the user that should own the case",
                "Make the user in Primero, or enable the account there, or correct province-owners.csv or agencies.csv; it is tried again by itself, at the next full sweep at the latest.");
        add(
                "id-taken",
                "The id of the new case is taken",
                "A case with this id is disabled, or another child's: look at it in Primero. Then retry or discard.");
        add(
                "not-taken",
                "Primero said yes, but did not take a field",
                "Look at the fields that the reason names. Does a form of Tandem's role in Primero have them, to write? Is the field of the kind that the mapping sends (Primero drops a list for a text, and a text for a list)? For owned_by: does the user exist? Put that right, then retry.");
        add(
                "filter-ignored",
                "Primero ignores the number that was asked for",
                "Give Tandem's role in Primero the form with this field; without it a child cannot be found. Then retry.");
        add("referral-id", "A referral's id in OSCaR is no number", "Ask OSCaR's administrators to correct the entry.");
        add(
                "no-referral-id",
                "OSCaR shows a decision without saying on which referral",
                "Enter the decision in Primero by hand, then discard this.");
        add(
                "no-match",
                "An NGO decided a referral that fits no row of the case",
                "Look for the row in Primero: its service or NGO was changed after the referral. Enter the decision by hand, then discard this.");
        add(
                "older-referral",
                "An NGO decided a referral that a newer one has replaced",
                "Check whether the decision is meant for the newer referral; enter it by hand, then discard this.");
        add(
                "overwrites",
                "A referral has overwritten values that OSCaR had of the client",
                "Nothing. It was delivered; OSCaR takes all of Primero's values with it. The journal names the fields: if the NGO's were right, have them corrected in Primero, or give the field to OSCaR in ownership.csv.");
        add(
                "exit-unseen-acceptance-possible",
                "A child left an NGO, and counts as rejected: no reading had shown it as accepted",
                "Nothing, unless the NGO says that it had accepted the child between two readings: then correct the case in Primero by hand.");
        add(
                "accepted-before-exit",
                "A child left an NGO that had accepted it, and the referral counts as accepted",
                "Nothing: an exit is not a rejection.");
        add(
                "left-open",
                "An NGO has taken the child, and left the referral open",
                "Ask the NGO to close it in OSCaR: accepted or exited, on the referral's page. It is tried again by itself, and is no longer listed once the referral is decided in Primero.");
        add(
                "exit-of-child",
                "A referral became Exited when the child left the NGO",
                "Ask the NGO whether it had taken the child on this referral, and enter the answer in Primero by hand; the entry closes by itself.");
        add(
                "row-gone",
                "The row of a decided referral is gone",
                "The row was deleted in Primero after it was referred. Tell the social worker, then discard this.");
        add(
                "key-taken",
                "A programme is named like a referral's number",
                "Ask the NGO to rename the programme in OSCaR.");
        add(
                "lost-answer",
                "OSCaR did not answer: the referral may have arrived",
                "Ask the NGO whether it has the referral, or look in OSCaR. If it is there, discard this; if not, retry. A retry is named as a possible repeat.");
        add(
                "saved-in-part",
                "OSCaR saved the referral, but refused the client's data",
                "The referral is in the NGO's inbox. Correct the fields that the reason names for the next time, then discard this. A retry makes a second referral.");
        add(
                "unreadable-row",
                "A row of OSCaR's feed cannot be read",
                "Have the client corrected in OSCaR: the reason says what is wrong, and where in the feed the row was. It is read again by itself; all other rows are.");
        add(
                "unreadable-feed",
                "Some of OSCaR is too much for one answer",
                "Ask OSCaR's operators to raise the time limit of their gateway; until then the reason says what is not read, or read without what. It closes by itself.");
        add(
                "hidden-by-shape",
                "OSCaR is too large for one answer, and its windows do not show this",
                "It comes by itself once a read of changes shows the client, so after any edit in OSCaR. To have all of them, ask OSCaR's operators to raise the time limit of their gateway; the next full read is then in one piece.");
        add(
                "not-in-feed",
                "OSCaR did not show what was expected, in two full sweeps",
                "Ask the NGO whether the client or referral still exists and is visible to Tandem's user. Retry to send all the same, or discard.");
        add(
                "record-was-found",
                "OSCaR has this record already",
                "It is not a referral that waits: look for the child in OSCaR, then discard or retry.");
        add(
                "gave-up",
                "All attempts failed",
                "The reason tells what the last one met. Once the system is well again: dead-letters retry --all --reason gave-up.");
        add(
                "unexpected",
                "Something that Tandem does not know happened",
                "The log of that moment says where. Retry once; if it comes back, report it with show's timeline.");
        add(
                "cannot-be-kept",
                "An id or a name is longer than the ledger can keep",
                "It is no id that either system gives: correct it at its source, such as an import's unique_id of a service row.");
        add(
                "answer-too-long",
                "The record is larger than Tandem can read (32 MB)",
                "Open it in its system and shorten or remove what does not belong there. It is then read again by itself.");
        add(
                "beyond-limits",
                "The record holds a value that is too long or too large to be read",
                "Open it in its system and correct the value: a text of more than 20 million characters, or a number such as 1e400. It is then read again by itself.");
        add(
                "case-without-id",
                "A case in Primero's list has no id that can be read",
                "Find it in Primero by its place in the list ordered by case_id, and have Primero's operators correct it; then discard this.");
        add(
                "http-403",
                "The system does not allow it",
                "Check the rights of Tandem's user in that system: role, forms, scope. A full sweep tries it again by itself; a new referral to OSCaR needs a retry.");
        add(
                "http-404",
                "The record is not there, or not visible",
                "Check that the record exists and that Tandem's user may see it. Then retry, or discard.");
        add(
                "http-409",
                "The system holds a record with this id",
                "Look at that record in the system; then retry or discard.");
        add(
                "http-422",
                "The system does not take a value",
                "The reason names the fields. Correct them at their source; it is tried again by itself. If it names transitioned_to, the account that the referral went to is disabled in Primero: enable it there; a full sweep tries it again by itself.");
        add(
                ANY_STATUS,
                "The system refused the request",
                "The reason names the status, and the fields if any. Correct what it complains of, then retry.");
        add(
                "no-id",
                "A step was to address a record without an id",
                "A route was changed: compare it with the one that ships.");
        add(
                "nothing-to-write",
                "A route was about to send a write without content",
                "Nothing was sent. Compare the route and the mapping with those that ship, correct them, then retry.");
        add(
                "host-not-allowed",
                "A route calls a host that is not allowed",
                "Name the host in tandem.http.allowed-hosts if the route is yours.");
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
                                        ? "It goes by itself once both consents are given in Primero; it is never sent without."
                                        : "It goes by itself once what it waits for has come. Retry to send it without.");
            case BASELINE -> "It is older than this ledger: the integration before may have sent it. Retry to send it.";
            case DISCARDED -> "It was given up by a person.";
            case CONFIRMED -> "It has arrived.";
            case OWED, INTENDED, UNKNOWN -> "It is under way.";
        };
    }

    private static void add(String code, String symptom, String todo) {
        TABLE.put(code, new Entry(symptom, todo));
    }
}
