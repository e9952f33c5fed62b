package dev.tandem.oscar;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.EntryMatch;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Link;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.ledger.sweeps.SweepCursor;
import dev.tandem.oscar.entries.BeforeLedger;
import dev.tandem.oscar.entries.CaseView;
import dev.tandem.oscar.entries.FirstSeen;
import dev.tandem.oscar.entries.KnownMatch;
import dev.tandem.oscar.entries.MatchedClient;
import dev.tandem.oscar.entries.SentReferral;
import dev.tandem.oscar.entries.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the ledger remembers of a client and its case: which entry is which row, when each was first seen, which referrals were
 * sent, and what is older than the ledger.
 *
 * @param matches those of the client, and of whatever other client has the same case
 */
record ClientHistory(Ledger ledger, Work work, Optional<String> caseId, List<EntryMatch> matches) {
    private static final String TO_OSCAR = "primero-to-oscar";

    ClientHistory(Ledger ledger, Work work, Optional<String> caseId) {
        this(ledger, work, caseId, ledger.entryMatches().around(work.flow(), work.record(), caseId));
    }

    Situation situation(JsonNode client, CaseView theCase, Instant readAt) {
        Map<String, FirstSeen> seen = new HashMap<>();
        List<KnownMatch> known = new ArrayList<>();
        for (EntryMatch match : matches) {
            if (match.record().equals(work.record()) && !match.entry().equals(EntryMatches.HIDDEN)) {
                seen.put(match.entry(), FirstSeen.kept(match.firstSeenAt(), match.shows(), match.states()));
            }
            match.role()
                    .ifPresent(role -> known.add(new KnownMatch(
                            match.entry(),
                            KnownMatch.Role.valueOf(role),
                            match.rowId().orElse(null),
                            match.referralId().orElse(null))));
        }
        List<SentReferral> sent = caseId.map(id -> ledger.effects().of(TO_OSCAR, id)).stream()
                .flatMap(List::stream)
                .filter(effect -> effect.kind().equals("referral"))
                .flatMap(effect -> sent(effect).stream())
                .toList();
        return new Situation(client, theCase, known, sent, before(), seen, readAt);
    }

    /** New matches, and the status with which each new entry was first seen, go into the ledger before any call. */
    void remember(MatchedClient matched) {
        Map<String, EntryMatch> known = matches.stream()
                .filter(match -> match.record().equals(work.record()))
                .collect(Collectors.toMap(EntryMatch::entry, match -> match));
        Map<String, KnownMatch> fresh = new HashMap<>();
        matched.newMatches().forEach(match -> fresh.put(match.entryKey(), match));
        Set<String> keys = new HashSet<>(matched.newlySeen().keySet());
        keys.addAll(fresh.keySet());
        for (String key : keys) {
            Optional<KnownMatch> now = Optional.ofNullable(fresh.get(key));
            FirstSeen first = matched.newlySeen().get(key);
            work.result()
                    .matches(new EntryMatch(
                            work.record(),
                            key,
                            caseId,
                            now.map(match -> match.role().name()),
                            now.map(KnownMatch::rowUniqueId),
                            now.map(KnownMatch::primeroReferralId),
                            first == null ? known.get(key).shows() : Optional.of(first.referralStatus()),
                            List.of(),
                            first == null ? known.get(key).firstSeenAt() : first.at()));
        }
    }

    /** The effects of one of the clients. */
    List<Effect> effects(String record) {
        return record.equals(work.record())
                ? List.copyOf(work.effects().values())
                : ledger.effects().of(work.flow(), record);
    }

    private static Optional<SentReferral> sent(Effect effect) {
        return state(effect).filter(state -> effect.facts() != null).map(state -> {
            JsonNode facts = CanonicalJson.read(effect.facts().getBytes(UTF_8));
            String[] key = effect.key().split(":", 3);
            return new SentReferral(
                    key[1],
                    key[2],
                    Fields.text(facts, "organization"),
                    Fields.text(facts, "service"),
                    state,
                    effect.sentAt(),
                    effect.attempt(),
                    !Fields.isBlank(Fields.text(facts, "global_id")));
        });
    }

    private static Optional<SentReferral.State> state(Effect effect) {
        return switch (effect.state()) {
            case CONFIRMED -> Optional.of(SentReferral.State.CONFIRMED);
            case INTENDED -> Optional.of(SentReferral.State.INTENDED);
            case UNKNOWN -> Optional.of(SentReferral.State.UNKNOWN);
            case PARKED, WAITING, OWED, DISCARDED ->
                effect.mayHaveArrived() ? Optional.of(SentReferral.State.LOST) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private BeforeLedger before() {
        Optional<Instant> since = ledger.origin().flatMap(LedgerOrigin::responsibleSince);
        if (since.isEmpty()) {
            return BeforeLedger.adopted();
        }
        Instant firstFull = ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals("oscar"))
                .findFirst()
                .flatMap(SweepCursor::firstFull)
                .orElse(null);
        boolean clientExistedBefore = ledger.links()
                .of(work.flow(), work.record())
                .filter(Link::existedBefore)
                .isPresent();
        Set<String> ours = work.effects().entrySet().stream()
                .filter(effect -> effect.getValue().state() != EffectState.BASELINE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new BeforeLedger(since.get(), clientExistedBefore, firstFull, ours);
    }
}
