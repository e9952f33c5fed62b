package dev.tandem.ledger.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.effects.Effect;
import java.util.Locale;
import org.apache.camel.Exchange;

/** What the ledger has of the record's effects, for the mapping that says what is owed. */
public final class RecallAction implements LedgerAction {
    private static final String EFFECTS = "effects";

    RecallAction() {}

    @Override
    public void process(Exchange exchange) {
        exchange.setProperty(EFFECTS, effects(exchange));
    }

    /** {@code [{key, kind, state, said, sent_at, sent}]}: sent is true of one that may have arrived. */
    public static ArrayNode effects(Exchange exchange) {
        ArrayNode effects = JsonNodeFactory.instance.arrayNode();
        Carried.work(exchange).effects().values().forEach(effect -> effects.add(seen(effect)));
        return effects;
    }

    private static ObjectNode seen(Effect effect) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", effect.key())
                .put("kind", effect.kind())
                .put("state", effect.state().name().toLowerCase(Locale.ROOT))
                .put("said", effect.confirmedValue())
                .put("sent_at", effect.sentAt() == null ? null : effect.sentAt().toString())
                .put("sent", effect.mayHaveArrived());
    }
}
