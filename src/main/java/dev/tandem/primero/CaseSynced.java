package dev.tandem.primero;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.route.Carried;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * Whether Primero is still to be shown how a case went, as the bean {@code caseSynced} (protocol 1, contract primero-v2 §5.5).
 * Primero keeps nothing of it that could be read back for sure, so it is compared with what was shown last.
 */
public final class CaseSynced {
    private final Ledger ledger;
    private final String url;

    /**
     * Primero shows of each URL its newest log only, and logs an event for each save, also for that of the mark: under a
     * webhook's own URL the mark would be hidden at once (contract primero-v2 §11).
     *
     * @param url under which Primero keeps the mark
     */
    public CaseSynced(Ledger ledger, String url) {
        this.ledger = ledger;
        this.url = url + "#mark";
    }

    /**
     * The body, a candidate, gets {@code status}, {@code url} and {@code confirmedValue}. Ends the route if nothing is new: nothing has
     * come of the case's other effects, the same as when it was last shown, or something of it is still under way.
     */
    public void news(Exchange exchange) {
        Work work = Carried.work(exchange);
        ObjectNode candidate = exchange.getMessage().getBody(JsonNode.class).deepCopy();
        String own = Fields.text(candidate, "key");
        List<Effect> others = work.effects().values().stream()
                .filter(effect -> !effect.key().equals(own))
                .toList();
        boolean underWay = others.stream().anyMatch(effect -> effect.state().open());
        List<Effect> come = others.stream()
                .filter(effect -> effect.state() == EffectState.CONFIRMED || effect.state() == EffectState.PARKED)
                .toList();
        boolean failed = come.stream().anyMatch(effect -> effect.state() == EffectState.PARKED);
        String status = failed ? "failed" : "synced";
        String shown = status + " " + version(come);
        Optional<Effect> before = Optional.ofNullable(work.effects().get(own));
        boolean shownSo = before.filter(effect -> effect.state() == EffectState.CONFIRMED)
                .filter(effect -> shown.equals(effect.confirmedValue()))
                .isPresent();
        if (underWay || shownSo || (come.isEmpty() && before.isEmpty())) {
            exchange.setRouteStop(true);
            return;
        }
        exchange.getMessage()
                .setBody(candidate.put("status", status).put("url", url).put("confirmedValue", shown));
    }

    /** Another one whenever an effect was confirmed or parked since, or is no longer parked. */
    private static String version(List<Effect> come) {
        String all = come.stream()
                .map(effect -> effect.key() + "|" + effect.state() + "|" + effect.attempt() + "|"
                        + effect.confirmedValue() + "|" + effect.reasonCode())
                .sorted()
                .collect(Collectors.joining("\n"));
        return UUID.nameUUIDFromBytes(all.getBytes(UTF_8)).toString();
    }

    /** Takes the answer: the stamp of this write is no news for OSCaR's clients of the case. */
    public void shown(Exchange exchange) {
        JsonNode theCase = exchange.getMessage().getBody(JsonNode.class).path("data");
        String id = Carried.work(exchange).record();
        CaseAnswer.sameCase(theCase, id, "written to");
        ledger.marks().ownWrite(id, Fields.text(theCase, "last_updated_at"));
    }
}
