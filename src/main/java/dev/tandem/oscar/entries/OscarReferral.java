package dev.tandem.oscar.entries;

import dev.tandem.json.Fields;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One referral at OSCaR as the feed shows it: the entries with its {@code referral_id}, one for each service.
 *
 * @param seen when the first of them was first seen, and in which states since
 */
record OscarReferral(BigInteger id, List<Entry> entries, FirstSeen seen) {
    static OscarReferral of(BigInteger id, List<Entry> entries, Situation situation) {
        FirstSeen first = entries.stream()
                .map(situation::firstSeen)
                .min(Comparator.comparing(FirstSeen::at))
                .orElseThrow();
        return new OscarReferral(id, entries, first);
    }

    Instant firstSeen() {
        return seen.at();
    }

    boolean isFor(String serviceName) {
        return entries.stream().anyMatch(entry -> entry.name().equals(serviceName));
    }

    /** The status is the referral's, so every entry has the same. */
    String status() {
        return entries.get(0).status();
    }

    /** Whether it was decided when we began, and no other way since: then it is only compared (mapping-facts R22). */
    boolean decidedBefore(Situation situation, EntryCodes codes) {
        String ngo = Fields.text(situation.client(), "organization_name");
        String decided = codes.decisionOf(status());
        return !decided.isEmpty()
                && situation.birth().presentAtFirst(firstSeen())
                && decided.equals(codes.decisionOf(seen.referralStatus()))
                && !situation.birth().ours().contains("decision:" + ngo + ":" + id);
    }

    String name() {
        return entries.get(0).name();
    }

    @Override
    public String toString() {
        return "OscarReferral[" + id + "]";
    }
}
