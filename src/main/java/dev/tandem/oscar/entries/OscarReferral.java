package dev.tandem.oscar.entries;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One referral at OSCaR as the feed shows it: the entries with its {@code referral_id}, one for each service.
 *
 * @param seen when the first of them was first seen, and in which states since
 */
record OscarReferral(long id, List<Entry> entries, FirstSeen seen) {
    static OscarReferral of(long id, List<Entry> entries, Situation situation) {
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

    String name() {
        return entries.get(0).name();
    }

    boolean isOn(CaseRow row) {
        return row.oscarReferralId().equals(Long.toString(id));
    }

    /** Whether it was decided when we began, and no other way since: then it is only compared (mapping-facts R22). */
    boolean decidedBefore(Situation situation, EntryCodes codes) {
        String decided = codes.decisionOf(status());
        return !decided.isEmpty()
                && situation.before().presentAtFirst(firstSeen())
                && decided.equals(codes.decisionOf(seen.referralStatus()))
                && !situation.before().ours().contains("decision:" + situation.ngo() + ":" + id);
    }

    @Override
    public String toString() {
        return "OscarReferral[" + id + "]";
    }
}
