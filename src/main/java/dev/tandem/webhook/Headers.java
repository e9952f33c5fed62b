package dev.tandem.webhook;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the headers of a request alone tell of who sends it, before its body has come. Nothing is asked of the ledger. */
public final class Headers {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    /** What the ledger can keep, and what needs no quoting anywhere. */
    private static final Pattern EVENT_ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final SharedSecrets primero;

    /** @param primero what Primero may show */
    public Headers(Collection<String> primero) {
        this.primero = new SharedSecrets(primero);
    }

    /**
     * Why they suffice to refuse a request.
     *
     * @param method of {@link Authenticity}, that the route begins with
     */
    public Optional<String> refusal(String method, MultiMap headers) {
        return switch (method) {
            case "primero" ->
                showsSecret(headers)
                        ? Optional.empty()
                        : Optional.of("the secret is missing or is not the one set here");
            case "oscar" ->
                id(headers).isPresent()
                                && timestamp(headers).isPresent()
                                && signatures(headers).isPresent()
                        ? Optional.empty()
                        : Optional.of("webhook-id, webhook-timestamp or webhook-signature is missing or unreadable");
            default -> Optional.empty();
        };
    }

    /** Whether who is not refused by them is known by them. */
    public static boolean suffice(String method) {
        return method.equals("primero");
    }

    private boolean showsSecret(MultiMap headers) {
        Optional<byte[]> key = header(headers, "x-api-key").map(text -> text.getBytes(StandardCharsets.UTF_8));
        Optional<byte[]> basic = header(headers, "authorization").flatMap(Headers::basic);
        return key.map(primero::include).orElse(false)
                || basic.map(primero::include).orElse(false);
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

    static Optional<String> id(MultiMap headers) {
        return header(headers, "webhook-id")
                .filter(text -> EVENT_ID.matcher(text).matches());
    }

    static Optional<String> timestamp(MultiMap headers) {
        return header(headers, "webhook-timestamp")
                .filter(text -> SECONDS.matcher(text).matches());
    }

    static Optional<String> signatures(MultiMap headers) {
        return header(headers, "webhook-signature");
    }

    /** A header that comes twice is none: who checks and who forwards might each take another one. */
    private static Optional<String> header(MultiMap headers, String name) {
        List<String> given = headers.getAll(name);
        return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
    }
}
