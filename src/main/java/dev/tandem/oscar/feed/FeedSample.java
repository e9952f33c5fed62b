package dev.tandem.oscar.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Exchange;

/**
 * What the first clients show that changed lately, as the bean {@code feedSample}: NGOs, services, place codes and the keys of
 * a row, nothing personal. The feed costs OSCaR a sixth of a second a row (contract oscar-interop §12), so that it is left
 * after a few rows or seconds.
 */
public final class FeedSample {
    private static final Duration LOOKED_AT = Duration.ofDays(7);
    private static final int MOST_ROWS = 200;
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Ledger ledger;

    public FeedSample(Ledger ledger) {
        this.ledger = ledger;
    }

    public void ask(Exchange exchange) {
        FeedQuery.set(exchange, FeedQuery.since(ledger.clock().now().minus(LOOKED_AT)));
    }

    /** Makes of the feed in the body {@code {"rows", "complete", "registered", "ngos", "places", "services", "keys"}}. */
    public void read(Exchange exchange) throws IOException {
        Set<String> ngos = new TreeSet<>();
        Set<String> places = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        Map<String, String> services = new TreeMap<>();
        ObjectNode sample = JsonNodeFactory.instance.objectNode();
        sample.put("registered", true);
        long end = System.nanoTime() + LONGEST.toNanos();
        int rows = 0;
        try (Feed feed = new Feed(exchange.getMessage().getBody(InputStream.class))) {
            while (rows < MOST_ROWS && System.nanoTime() < end && feed.hasNext()) {
                JsonNode client = feed.next().client();
                if (client != null) {
                    rows++;
                    ngos.add(Fields.text(client, "organization_name"));
                    places.add(Fields.text(client, "location_current_village_code"));
                    client.fieldNames().forEachRemaining(keys::add);
                    for (JsonNode service : client.path("services")) {
                        services.put(Fields.text(service, "name"), Fields.text(service, "uuid"));
                    }
                    if (AccountRegistration.missing(client)) {
                        sample.put("registered", false);
                    }
                }
            }
            sample.put("complete", feed.complete());
        }
        services.remove("");
        sample.put("rows", rows);
        put(sample, "ngos", ngos);
        put(sample, "places", places);
        put(sample, "keys", keys);
        ObjectNode named = sample.putObject("services");
        services.forEach(named::put);
        exchange.getMessage().setBody(sample);
    }

    private static void put(ObjectNode sample, String name, Collection<String> values) {
        values.stream().filter(value -> !Fields.isBlank(value)).forEach(sample.withArray(name)::add);
        sample.withArray(name);
    }
}
