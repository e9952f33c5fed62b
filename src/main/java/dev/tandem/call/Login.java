package dev.tandem.call;

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
     * The system refused what {@link #attach} last put on a request.
     *
     * @return whether it makes sense to attach and send once more
     */
    boolean renewable(HttpRequest refused);
}
