package dev.tandem.oscar;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.json.NameBasedId;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.items.WorkResult;
import dev.tandem.ledger.links.Link;
import dev.tandem.ledger.route.Carried;
import dev.tandem.oscar.feed.ShownClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** The steps at the beginning and the end of a client's delivery, as the bean {@code clientReading}. */
public final class ClientReading {
    /** The client as the feed last showed it: a JSON object. */
    public static final String CLIENT = "TandemClient";
    /** The id of the case that the ledger links to it, if any. */
    public static final String LINKED = "TandemLinkedCase";

    /** The ids of the cases from which a person has unlinked it: a set. */
    public static final String UNLINKED = "TandemUnlinkedCases";

    /** The same with when the feed showed it, and whether that was all of it: a {@link ShownClient}. */
    static final String SHOWN = "TandemShownClient";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;

    public ClientReading(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Takes the client from the snapshot, since OSCaR cannot be asked for one client. Without a snapshot there is nothing to
     * do: the item settles without a fingerprint, and the next sweep brings it again; what a person asked for waits for it.
     */
    public void read(Exchange exchange) {
        Work work = Carried.work(exchange);
        Optional<ShownClient> latest = ShownClient.latest(ledger, work.flow(), work.record());
        if (latest.isEmpty()) {
            work.withoutSource();
            exchange.setRouteStop(true);
            return;
        }
        ShownClient shown = latest.get();
        if (shown.isGone()) {
            work.decide(List.of(), Set.of());
            exchange.setRouteStop(true);
            return;
        }
        shown.readBy(work.result());
        shown.setback().ifPresent(why -> {
            throw why;
        });
        exchange.setProperty(SHOWN, shown);
        exchange.setProperty(CLIENT, shown.client());
        ledger.links()
                .of(work.flow(), work.record())
                .flatMap(Link::counterpart)
                .ifPresent(counterpart -> exchange.setProperty(LINKED, counterpart));
        exchange.setProperty(UNLINKED, ledger.links().unlinked(work.flow(), work.record()));
        exchange.getMessage().setBody(shown.client());
    }

    /** The name of the lock to take before the case is known: its id, or the one that a new case would get. */
    public String lockName(Exchange exchange) {
        String linked = exchange.getProperty(LINKED, String.class);
        return linked != null
                ? linked
                : NameBasedId.ofCase(Fields.text(exchange.getProperty(CLIENT, JsonNode.class), "global_id"));
    }

    /**
     * What is to be remembered of the client when its item settles: its case, what an upsert would overwrite (mapping facts
     * R23), and what effects of other items may wait for.
     *
     * @param caseId blank if there is no case
     */
    public void remember(Exchange exchange, String caseId) {
        ShownClient shown = exchange.getProperty(SHOWN, ShownClient.class);
        JsonNode client = shown.client();
        WorkResult result = Carried.work(exchange).result();
        Optional<String> counterpart = Optional.ofNullable(caseId).filter(id -> !Fields.isBlank(id));
        byte[] shows = CanonicalJson.bytes(JSON.createArrayNode()
                .add(counterpart.orElse(""))
                .add(Fields.text(client, "external_id"))
                .add(Fields.text(client, "external_id_display"))
                .add(client.path("services")));
        result.linked(
                counterpart,
                Optional.of(OverwrittenValues.kept(client, shown.snapshot().requestedAt())
                        .toString()
                        .getBytes(UTF_8)),
                ledger.seal().fingerprint(shows));
        String ngo = Fields.text(client, "organization_name");
        if (!Fields.isBlank(Fields.text(client, "external_id"))) {
            result.makesTrue("feed:" + ngo + ":" + Fields.text(client, "external_id"));
        }
        for (JsonNode entry : client.path("services")) {
            if (!Fields.isBlank(Fields.text(entry, "referral_id"))) {
                result.makesTrue("feed:" + ngo + ":" + Fields.text(entry, "referral_id"));
            }
        }
    }
}
