package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One entry of a client's {@code services[]}: an enrolment in a programme, or a service of a referral (mapping-facts 3.1).
 * The key is {@code <ngo>:<referral_id or program_name>:<uuid in lower case, or name>}.
 *
 * @param referralId null if it has none, or one that is no number
 */
public record Entry(JsonNode json, String key, Long referralId, boolean oddReferralId) {
    private static final int LONGEST_PART = 150;

    /** OSCaR's are database ids. */
    private static final Pattern REFERRAL_ID = Pattern.compile("[0-9]{1,18}");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** The entries of a feed row in its order; entries equal in (referral_id or programme, uuid) are one (mapping-facts 3.4). */
    public static List<Entry> of(JsonNode client) {
        String ngo = Fields.text(client, "organization_name");
        Map<List<Object>, Entry> entries = new LinkedHashMap<>();
        for (JsonNode json : client.path("services")) {
            if (json.isObject()) {
                Entry entry = of(ngo, json);
                // The key alone cannot tell the programme "12" from the referral 12.
                entries.merge(
                        Arrays.asList(entry.referralId, entry.oddReferralId, entry.key),
                        entry,
                        Entry::withTheEarlierDate);
            }
        }
        return List.copyOf(entries.values());
    }

    /** In which state each entry of a feed row is, by its key. */
    public static Map<String, String> states(JsonNode client) {
        Map<String, String> states = new LinkedHashMap<>();
        of(client)
                .forEach(entry -> states.putIfAbsent(
                        entry.key(), FirstSeen.State.of(client, entry).toString()));
        return states;
    }

    private static Entry of(String ngo, JsonNode json) {
        String text = Fields.text(json, "referral_id").trim();
        boolean digits = REFERRAL_ID.matcher(text).matches();
        long number = digits ? Long.parseLong(text) : 0;
        boolean odd = !text.isEmpty() && !digits;
        String middle = number > 0 ? Long.toString(number) : shown(odd ? text : Fields.text(json, "program_name"));
        String uuid = uuid(json);
        String last = shown(uuid.isEmpty() ? Fields.text(json, "name") : uuid);
        return new Entry(json, ngo + ":" + middle + ":" + last, number > 0 ? number : null, odd);
    }

    /** As much of a name as a key has room for, on one line. */
    private static String shown(String name) {
        int end = Math.min(name.length(), LONGEST_PART);
        int whole = end < name.length() && Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end;
        return CONTROL.matcher(name.substring(0, whole)).replaceAll(" ");
    }

    private static String uuid(JsonNode json) {
        String uuid = Fields.text(json, "uuid");
        return Fields.isBlank(uuid) ? "" : uuid.toLowerCase(Locale.ROOT);
    }

    private static Entry withTheEarlierDate(Entry one, Entry other) {
        if (!other.enrolled()) {
            return one;
        }
        return one.enrolled() && one.enrolledOn().compareTo(other.enrolledOn()) <= 0 ? one : other;
    }

    /** In lower case, or empty. It is the id of a service in OSCaR's catalogue, not of this entry. */
    String uuid() {
        return uuid(json);
    }

    String name() {
        return Fields.text(json, "name");
    }

    String programName() {
        return Fields.text(json, "program_name");
    }

    String status() {
        return Fields.text(json, "referral_status");
    }

    String enrolledOn() {
        return Fields.text(json, "enrollment_date");
    }

    /** Whether the NGO already gives the service: such an entry is always the NGO's own and never a decision. */
    boolean enrolled() {
        return !Fields.isBlank(enrolledOn());
    }

    /** Whether it is a service of a referral, the NGO's own or one of Primero's. */
    boolean mayAnswer() {
        return referralId != null && !enrolled();
    }

    /** Keys only: an entry's JSON is personal data. */
    @Override
    public String toString() {
        return "Entry[" + key + "]";
    }
}
