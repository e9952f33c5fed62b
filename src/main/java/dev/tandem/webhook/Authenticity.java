package dev.tandem.webhook;

import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.storage.LedgerClock;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * Who sent an event, as the bean {@code authenticity}: the first step of a webhook's route. A caller that does not show it is
 * answered 401 here, and the route ends.
 *
 * <p>Only the request's own headers count. In the message a parameter of the URL looks like a header, and a secret in a URL
 * would be in every log on the way.
 */
public final class Authenticity {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Headers headers;
    private final SigningSecrets oscar;
    private final LedgerClock clock;

    /**
     * @param primero what Primero may show: one value, or two while they are rotated; none: nobody is let in
     * @param oscar what events about OSCaR may be signed with, each {@code whsec_} and base64; likewise
     */
    public Authenticity(Collection<String> primero, Collection<String> oscar, LedgerClock clock) {
        this.headers = new Headers(primero);
        this.oscar = new SigningSecrets(oscar);
        this.clock = clock;
    }

    /**
     * Primero shows its secret as {@code x-api-key}, or the whole secret is {@code user:password} and comes as Basic (contract
     * primero-v2 §5.1). It signs nothing.
     */
    public void primero(Exchange exchange) {
        headers.refusal("primero", of(exchange)).ifPresent(words -> Refusal.answer(exchange, 401, words));
    }

    /** Events about OSCaR are signed as the Standard Webhooks specification says, and not older than five minutes. */
    public void oscar(Exchange exchange) {
        MultiMap given = of(exchange);
        Optional<String> refusal = headers.refusal("oscar", given);
        if (refusal.isPresent()) {
            Refusal.answer(exchange, 401, refusal.get());
            return;
        }
        String id = Headers.id(given).orElseThrow();
        String timestamp = Headers.timestamp(given).orElseThrow();
        byte[] body = exchange.getMessage().getBody(byte[].class);
        byte[] signed = body == null ? new byte[0] : body;
        if (!oscar.made(Headers.signatures(given).orElseThrow(), id, timestamp, signed)) {
            Refusal.answer(exchange, 401, "the signature was not made with a secret set here");
        } else if (isNow(exchange, Instant.ofEpochSecond(Long.parseLong(timestamp)))) {
            exchange.setProperty(Carried.EVENT, id);
            exchange.getMessage().setBody(body);
        }
    }

    private boolean isNow(Exchange exchange, Instant signedAt) {
        try {
            boolean now = Duration.between(signedAt, clock.now()).abs().compareTo(WINDOW) <= 0;
            if (!now) {
                Refusal.answer(exchange, 401, "the timestamp is more than five minutes off: set the sender's clock");
            }
            return now;
        } catch (RuntimeException noDatabase) {
            Refusal.answer(exchange, 503, "the ledger cannot be read now: send it again");
            return false;
        }
    }

    private static MultiMap of(Exchange exchange) {
        return exchange.getMessage(HttpMessage.class).getRequest().headers();
    }
}
