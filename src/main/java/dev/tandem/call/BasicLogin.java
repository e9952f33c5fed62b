package dev.tandem.call;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;

/**
 * HTTP Basic, sent unasked: Primero's challenge never says Basic (contract primero-v2 §1.1). A 401 is final, since six
 * of them lock the account.
 */
final class BasicLogin implements Login {
    private final String value;

    BasicLogin(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.value = "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public void attach(HttpRequest request, Deadline deadline) {
        request.setHeader(HttpHeaders.AUTHORIZATION, value);
    }

    @Override
    public boolean renewable(HttpRequest refused) {
        return false;
    }
}
