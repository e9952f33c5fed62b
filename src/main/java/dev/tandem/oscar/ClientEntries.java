package dev.tandem.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.sweeps.Sweeps;
import dev.tandem.oscar.entries.BeforeLedger;
import dev.tandem.oscar.entries.EntryCodes;
import dev.tandem.oscar.entries.EntryMatching;
import dev.tandem.oscar.entries.EntryState;
import dev.tandem.oscar.entries.FirstSeen;
import dev.tandem.oscar.entries.KnownMatch;
import dev.tandem.oscar.entries.MatchedClient;
import dev.tandem.oscar.entries.MatchedEntry;
import dev.tandem.oscar.entries.SentReferral;
import dev.tandem.oscar.entries.Situation;
import dev.tandem.oscar.feed.FeedShape;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Puts together what a client's mappings begin with, as the bean {@code clientEntries}: the client, its case, and what each of
 * its entries is to that case ({@link EntryMatching}).
 */
public final class ClientEntries {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId PHNOM_PENH = ZoneId.of("Asia/Phnom_Penh");
    private static final String TO_OSCAR = "primero-to-oscar";
    private static final String REFERRALS = "TandemReferrals";

    private final Ledger ledger;
    private final EntryCodes codes;
    private final Optional<Set<String>> ngos;

    /** @param ngos those that take part; none: all */
    public ClientEntries(Ledger ledger, EntryCodes codes, Optional<Set<String>> ngos) {
        this.ngos = ngos;
        this.ledger = ledger;
        this.codes = codes;
    }

    /** Whether the case's referrals are needed: a call is a cost. */
    public boolean needsReferrals(Exchange exchange) {
        return EntryMatching.needsReferrals(client(exchange), theCase(exchange));
    }

    /** The input of {@code oscar-to-primero/effects}. */
    public ObjectNode together(Exchange exchange) {
        Work work = Carried.work(exchange);
        JsonNode client = client(exchange);
        JsonNode theCase = theCase(exchange);
        Optional<String> caseId = Optional.ofNullable(theCase).map(found -> Fields.text(found, "id"));
        List<EntryMatch> remembered = ledger.entryMatches().around(work.flow(), work.record(), caseId);
        MatchedClient tied = EntryMatching.tie(situation(exchange, work, client, theCase, caseId, remembered), codes);
        boolean hidesNew = partly(exchange) && tied.showsReferralToUs() && !tied.baseline();
        remember(work, caseId, remembered, hidesNew ? tied.withoutNewRows() : tied);
        List<Link> ofCase = caseId.map(ledger.links()::ofTwin).orElse(List.of());
        boolean others = ofCase.stream().anyMatch(link -> !link.record().equals(work.record()));

        ObjectNode input = JSON.createObjectNode();
        input.set("client", client);
        if (theCase != null) {
            input.set("case", theCase);
        }
        input.put("live", ngos.isEmpty() || ngos.get().contains(Fields.text(client, "organization_name")));
        input.put("mode", mode(client, theCase, others));
        input.put("baseline", tied.baseline());
        input.put("first", first(client, theCase));
        input.put("alone", !others);
        input.put("new_referral", newReferral(tied));
        input.put("today", LocalDate.ofInstant(ledger.clock().now(), PHNOM_PENH).toString());
        ArrayNode entries = named(tied.forMapping(), caseId.orElse(""));
        if (hidesNew) {
            hideNew(entries);
        }
        sayOurs(entries, new OwnDecisions(remembered, record -> effects(work, record), referrals(exchange)));
        input.set("entries", entries);
        return input;
    }

    /**
     * A window of creation shows a client that the NGO has referred to us, but not with what: a row that is made now would
     * never get the referral's note, nor the case its risk (protocol 6).
     */
    private static void hideNew(ArrayNode entries) {
        ObjectNode why = JSON.createObjectNode()
                .put("code", "hidden-by-shape")
                .put("field", "level_of_risk")
                .put("stumbledOver", "level_of_risk")
                .put(
                        "words",
                        "OSCaR is too large to be read in one answer, and read by windows it does not show this referral's"
                                + " note and risk: it comes as soon as a read of changes shows them");
        for (JsonNode entry : entries) {
            if (entry instanceof ObjectNode fresh
                    && entry.path("as").asText().equals(MatchedEntry.As.ROW_NEW.inMapping())
                    && !entry.path("baseline").asBoolean()) {
                fresh.set("parks", why);
            }
        }
    }

    private Situation situation(
            Exchange exchange,
            Work work,
            JsonNode client,
            JsonNode theCase,
            Optional<String> caseId,
            List<EntryMatch> remembered) {
        Map<String, FirstSeen> seen = new HashMap<>();
        List<KnownMatch> ties = new ArrayList<>();
        for (EntryMatch tie : remembered) {
            if (tie.record().equals(work.record()) && !tie.entry().equals(EntryMatches.HIDDEN)) {
                seen.put(tie.entry(), firstSeen(tie));
            }
            tie.role()
                    .ifPresent(role -> ties.add(new KnownMatch(
                            tie.entry(),
                            KnownMatch.Role.valueOf(role),
                            tie.rowId().orElse(null),
                            tie.referralId().orElse(null),
                            tie.firstSeenAt())));
        }
        return new Situation(
                partly(exchange) ? FeedShape.ofUnknownOrigin(client) : client,
                theCase,
                null,
                exchange.getProperty(REFERRALS) == null ? null : referrals(exchange),
                ties,
                caseId.map(this::sent).orElse(List.of()),
                birth(work),
                seen,
                exchange.getProperty(ClientReading.READ_AT, Instant.class));
    }

    private static FirstSeen firstSeen(EntryMatch tie) {
        List<EntryState> states = new ArrayList<>();
        tie.shows().ifPresent(status -> states.add(new EntryState("", status)));
        tie.states().forEach(kept -> states.add(EntryState.parsed(kept)));
        return new FirstSeen(tie.firstSeenAt(), states.isEmpty() ? List.of(new EntryState("", "")) : states);
    }

    private static List<JsonNode> referrals(Exchange exchange) {
        List<JsonNode> read = new ArrayList<>();
        JsonNode referrals = exchange.getProperty(REFERRALS, JsonNode.class);
        if (referrals != null) {
            referrals.forEach(read::add);
        }
        return read;
    }

    private List<Effect> effects(Work work, String record) {
        return record.equals(work.record())
                ? List.copyOf(work.effects().values())
                : ledger.effects().of(work.flow(), record);
    }

    /** Marks the answers whose row shows what we wrote there ourselves. */
    private void sayOurs(ArrayNode entries, OwnDecisions own) {
        for (JsonNode entry : entries) {
            if (entry instanceof ObjectNode answer && entry.path("as").asText().equals("answer")) {
                JsonNode row = entry.path("row");
                String shown = codes.decisionOfRow(Fields.text(row, "referral_status_edf41f2"));
                if (!shown.isEmpty() && shown.equals(own.lastOn(Fields.text(row, "unique_id")))) {
                    answer.put("ours", shown);
                }
            }
        }
    }

    private List<SentReferral> sent(String caseId) {
        return ledger.effects().of(TO_OSCAR, caseId).stream()
                .filter(effect -> effect.kind().equals("referral"))
                .flatMap(effect -> sent(effect).stream())
                .toList();
    }

    private static Optional<SentReferral> sent(Effect effect) {
        Optional<SentReferral.State> state = state(effect);
        if (state.isEmpty() || effect.facts() == null) {
            return Optional.empty();
        }
        JsonNode facts = CanonicalJson.read(effect.facts().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String[] key = effect.key().split(":", 3);
        return Optional.of(new SentReferral(
                key[1],
                key[2],
                Fields.text(facts, "organization"),
                Fields.text(facts, "service"),
                state.get(),
                effect.sentAt(),
                effect.attempt(),
                !Fields.isBlank(Fields.text(facts, "global_id"))));
    }

    private static Optional<SentReferral.State> state(Effect effect) {
        return switch (effect.state()) {
            case CONFIRMED -> Optional.of(SentReferral.State.CONFIRMED);
            case INTENDED -> Optional.of(SentReferral.State.INTENDED);
            case UNKNOWN -> Optional.of(SentReferral.State.UNKNOWN);
            case PARKED, WAITING, OWED, DISCARDED ->
                Optional.of(
                                "saved-in-part".equals(effect.reasonCode())
                                        ? SentReferral.State.SAVED_IN_PART
                                        : SentReferral.State.LOST)
                        .filter(lost -> effect.mayHaveArrived());
            default -> Optional.empty();
        };
    }

    private BeforeLedger birth(Work work) {
        Optional<Instant> since = ledger.origin().flatMap(LedgerOrigin::responsibleSince);
        if (since.isEmpty()) {
            return BeforeLedger.adopted();
        }
        Instant firstFull = ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals("oscar"))
                .findFirst()
                .flatMap(Sweeps.Cursor::firstFull)
                .orElse(null);
        Set<String> ours = new HashSet<>();
        work.effects().forEach((key, effect) -> {
            if (effect.state() != EffectState.BASELINE) {
                ours.add(key);
            }
        });
        return new BeforeLedger(since.get(), existedBefore(work), firstFull, ours);
    }

    /** Whether the client is older than the ledger's responsibility (R22). */
    private boolean existedBefore(Work work) {
        return ledger.links()
                .of(work.flow(), work.record())
                .map(Link::existedBefore)
                .orElse(false);
    }

    /** New ties, and the status with which each entry was last seen, go into the ledger before any call. */
    private void remember(Work work, Optional<String> caseId, List<EntryMatch> remembered, MatchedClient tied) {
        Map<String, EntryMatch> known = new HashMap<>();
        remembered.stream()
                .filter(tie -> tie.record().equals(work.record()))
                .forEach(tie -> known.put(tie.entry(), tie));
        Map<String, KnownMatch> fresh = new HashMap<>();
        tied.newTies().forEach(tie -> fresh.put(tie.entryKey(), tie));
        Set<String> keys = new HashSet<>(tied.newlySeen().keySet());
        keys.addAll(fresh.keySet());
        for (String key : keys) {
            EntryMatch before = known.get(key);
            KnownMatch now = fresh.get(key);
            FirstSeen first = tied.newlySeen().get(key);
            work.result()
                    .matches(new EntryMatch(
                            work.record(),
                            key,
                            caseId,
                            now == null ? role(before) : Optional.of(now.role().name()),
                            now == null ? row(before) : Optional.ofNullable(now.rowUniqueId()),
                            now == null ? referral(before) : Optional.ofNullable(now.primeroReferralId()),
                            Optional.ofNullable(first == null ? null : first.referralStatus())
                                    .or(() -> before == null ? Optional.empty() : before.shows()),
                            List.of(),
                            first == null ? before.firstSeenAt() : first.at()));
        }
    }

    private static Optional<String> role(EntryMatch tie) {
        return tie == null ? Optional.empty() : tie.role();
    }

    private static Optional<String> row(EntryMatch tie) {
        return tie == null ? Optional.empty() : tie.rowId();
    }

    private static Optional<String> referral(EntryMatch tie) {
        return tie == null ? Optional.empty() : tie.referralId();
    }

    /** K7: until OSCaR holds the external id, demographics follow the one client that the case names. */
    private static String mode(JsonNode client, JsonNode theCase, boolean others) {
        if (theCase == null) {
            return "create";
        }
        boolean pending = Fields.isBlank(Fields.text(client, "external_id"))
                && Fields.text(client, "slug").equals(Fields.text(theCase, "oscar_short_id"))
                && !others;
        return pending ? "pending" : "update";
    }

    /** R19: the case shows the state of the client whose slug it bears, or will bear. */
    private static boolean first(JsonNode client, JsonNode theCase) {
        String shown = Fields.text(theCase, "oscar_short_id");
        return Fields.isBlank(shown) || shown.equals(Fields.text(client, "slug"));
    }

    private static boolean newReferral(MatchedClient tied) {
        return tied.entries().stream()
                .anyMatch(entry -> entry.as() == MatchedEntry.As.ROW_NEW
                        && !Fields.isBlank(Fields.text(entry.entry(), "referral_id")));
    }

    /** An entry waits for an effect of its case in the other flow: the ledger wants its full name. */
    private static ArrayNode named(ArrayNode entries, String caseId) {
        for (JsonNode entry : entries) {
            if (entry.path("waits") instanceof ObjectNode waits) {
                String condition = Fields.text(waits, "for");
                if (condition.startsWith("effect:")) {
                    waits.put("for", "effect:" + TO_OSCAR + ":" + caseId + ":" + condition.substring(7));
                }
            }
        }
        return entries;
    }

    private static JsonNode client(Exchange exchange) {
        return exchange.getProperty(ClientReading.CLIENT, JsonNode.class);
    }

    private static boolean partly(Exchange exchange) {
        return exchange.getProperty(ClientReading.PARTLY, false, Boolean.class);
    }

    private static JsonNode theCase(Exchange exchange) {
        return exchange.getProperty("TandemCase", JsonNode.class);
    }
}
