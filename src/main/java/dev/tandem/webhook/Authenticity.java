package dev.tandem.webhook;

import dev.tandem.ledger.LedgerClock;
import dev.tandem.ledger.route.Carried;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
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
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    /** What the ledger can keep, and what needs no quoting anywhere. */
    private static final Pattern EVENT_ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final SharedSecrets primero;
    private final SigningSecrets oscar;
    private final LedgerClock clock;

    /**
     * @param primero what Primero may show: one value, or two while they are rotated; none: nobody is let in
     * @param oscar what events about OSCaR may be signed with, each {@code whsec_} and base64; likewise
     */
    public Authenticity(Collection<String> primero, Collection<String> oscar, LedgerClock clock) {
        this.primero = new SharedSecrets(primero);
        this.oscar = new SigningSecrets(oscar);
        this.clock = clock;
    }

    /**
     * Primero shows its secret as {@code x-api-key}, or the whole secret is {@code user:password} and comes as Basic (contract
     * primero-v2 §5.1). It signs nothing.
     */
    public void primero(Exchange exchange) {
        Optional<byte[]> key = header(exchange, "x-api-key").map(text -> text.getBytes(StandardCharsets.UTF_8));
        Optional<byte[]> basic = header(exchange, "authorization").flatMap(Authenticity::basic);
        boolean known = key.map(primero::include).orElse(false)
                || basic.map(primero::include).orElse(false);
        if (!known) {
            Refusal.answer(exchange, 401, "the secret is missing or is not the one set here");
        }
    }

    private static Optional<byte[]> basic(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Base64.getDecoder().decode(authorization.substring(6).strip()));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** Events about OSCaR are signed as the Standard Webhooks specification says, and not older than five minutes. */
    public void oscar(Exchange exchange) {
        Optional<String> id = header(exchange, "webhook-id")
                .filter(text -> EVENT_ID.matcher(text).matches());
        Optional<String> timestamp = header(exchange, "webhook-timestamp")
                .filter(text -> SECONDS.matcher(text).matches());
        Optional<String> signatures = header(exchange, "webhook-signature");
        byte[] body = exchange.getMessage().getBody(byte[].class);
        if (id.isEmpty() || timestamp.isEmpty() || signatures.isEmpty()) {
            Refusal.answer(
                    exchange, 401, "webhook-id, webhook-timestamp or webhook-signature is missing or unreadable");
        } else if (!oscar.made(signatures.get(), id.get(), timestamp.get(), body == null ? new byte[0] : body)) {
            Refusal.answer(exchange, 401, "the signature was not made with a secret set here");
        } else if (isNow(exchange, Instant.ofEpochSecond(Long.parseLong(timestamp.get())))) {
            exchange.setProperty(Carried.EVENT, id.get());
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

    /** A header that comes twice is none: who checks and who forwards might each take another one. */
    private static Optional<String> header(Exchange exchange, String name) {
        HttpServerRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        List<String> given = request.headers().getAll(name);
        return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
    }
}
