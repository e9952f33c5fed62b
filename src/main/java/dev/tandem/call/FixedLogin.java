package dev.tandem.call;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;

/**
 * One and the same {@code Authorization} with every call, sent unasked: Primero's challenge never says Basic (contract
 * primero-v2 §1.1). A 401 is final, since six of them lock the account there.
 */
final class FixedLogin implements Login {
    /** For a system that asks for none. */
    static final FixedLogin NONE = new FixedLogin("");

    private final String value;

    private FixedLogin(String value) {
        this.value = value;
    }

    static FixedLogin basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new FixedLogin("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    static FixedLogin bearer(String token) {
        return new FixedLogin("Bearer " + token);
    }

    @Override
    public void attach(HttpRequest request, Deadline deadline) {
        if (!value.isEmpty()) {
            request.setHeader(HttpHeaders.AUTHORIZATION, value);
        }
    }

    @Override
    public boolean renewable(HttpRequest refused) {
        return false;
    }
}
