package dev.tandem.sandbox.oscar;

import dev.tandem.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What may stand beside OSCaR, which sends no events itself: it tells a receiver which global ids have changed, signed as the
 * Standard Webhooks specification says.
 */
public final class Gateway {
    private final URI receiver;
    private final String secret;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param secret {@code whsec_} and the key in base64 */
    public Gateway(String receiver, String secret) {
        this.receiver = URI.create(receiver);
        this.secret = secret;
    }

    /** One event. @return the receiver's status */
    public int tell(Collection<String> globalIds) {
        return send(UUID.randomUUID().toString(), Instant.now(), body(globalIds));
    }

    public int tell(String globalId) {
        return tell(List.of(globalId));
    }

    public static String body(Collection<String> globalIds) {
        var body = Json.object().put("type", "client.changed");
        body.putObject("data").set("global_ids", Json.strings(List.copyOf(globalIds)));
        return body.toString();
    }

    /** One request, correctly signed whatever it says. @return the receiver's status */
    public int send(String id, Instant at, String body) {
        String timestamp = String.valueOf(at.getEpochSecond());
        return post(id, timestamp, sign(secret, id, timestamp, body), body);
    }

    /** One request with these headers as they are. @return the receiver's status */
    public int post(String id, String timestamp, String signature, String body) {
        HttpRequest request = HttpRequest.newBuilder(receiver)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The specification's signature of one version: {@code v1,} and base64. */
    public static String sign(String secret, String id, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
            byte[] signature = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
