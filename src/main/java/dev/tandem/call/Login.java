package dev.tandem.call;

import dev.tandem.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;

/** Shows a system our credentials. Only asked for requests to that system's scheme, host and port. */
interface Login {
    /**
     * Puts the credentials on the request, after having fetched them if need be.
     *
     * @param deadline of the call that needs them
     */
    void attach(HttpRequest request, Deadline deadline);

    /**
     * The system refused what {@link #attach} last put on a request. Of credentials that stay the same that is final: six
     * refusals lock the account at Primero.
     *
     * @return whether it makes sense to attach and send once more
     */
    default boolean renewable(HttpRequest refused) {
        return false;
    }

    /** For a system that asks for none. */
    static Login none() {
        return (request, deadline) -> {};
    }

    /** Sent unasked: Primero's challenge never says Basic (contract primero-v2 §1.1). */
    static Login basic(String user, Secret password) {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return authorization("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    static Login bearer(Secret token) {
        return authorization("Bearer " + token.reveal());
    }

    private static Login authorization(String value) {
        return (request, deadline) -> request.setHeader(HttpHeaders.AUTHORIZATION, value);
    }
}
