package dev.tandem.webhook;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /** Of one length whatever is shown: a plain comparison would tell how long the secret is. */
    private final List<byte[]> digestsOfPrimero;

    /** @param primero what Primero may show: two secrets while they are rotated */
    public Headers(Collection<String> primero) {
        digestsOfPrimero = primero.stream()
                .map(secret -> digest(secret.getBytes(StandardCharsets.UTF_8)))
                .toList();
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
        return key.map(this::isSecret).orElse(false)
                || basic.map(this::isSecret).orElse(false);
    }

    /** How long it takes says nothing of the secrets. */
    private boolean isSecret(byte[] shown) {
        byte[] digest = digest(shown);
        boolean found = false;
        for (byte[] known : digestsOfPrimero) {
            found |= MessageDigest.isEqual(known, digest);
        }
        return found;
    }

    private static byte[] digest(byte[] shown) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(shown);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
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
