package dev.tandem.call;

import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** What an exception of the HTTP client says about a call. Its message is not passed on: it may quote what was sent. */
final class Failure {
    private Failure() {}

    static Setback of(Exception failure, String system, boolean sending, Deadline deadline) {
        return sending ? lost(failure, system, deadline) : notSent(failure, system, deadline);
    }

    private static NotSent notSent(Exception failure, String system, Deadline deadline) {
        if (failure instanceof UnknownHostException) {
            return NotSent.unreachable("unknown-host", "the host name of " + system + " is not known");
        }
        if (failure instanceof SSLException) {
            return NotSent.unreachable("tls-failed", "no secure connection to " + system + " could be made");
        }
        if (deadline.passed() || failure instanceof SocketTimeoutException) {
            return NotSent.unreachable("connect-timeout", "no connection to " + system + " came about in time");
        }
        if (failure instanceof NoRouteToHostException) {
            return NotSent.unreachable("no-route", "there is no route to " + system);
        }
        if (failure instanceof ConnectException) {
            return NotSent.unreachable("connection-refused", system + " refused the connection");
        }
        if (failure instanceof ConnectionRequestTimeoutException) {
            return NotSent.unreachable("no-connection", "no connection to " + system + " was free");
        }
        return NotSent.unreachable("not-sent", "nothing could be sent to " + system);
    }

    static AnswerLost lost(Exception failure, String system, Deadline deadline) {
        if (deadline.passed() || failure instanceof SocketTimeoutException) {
            return new AnswerLost("timeout", system + " did not answer to the end within " + deadline.words());
        }
        if (failure instanceof ConnectionClosedException || failure instanceof MalformedChunkCodingException) {
            return new AnswerLost("truncated-answer", "the answer of " + system + " was cut off");
        }
        if (failure instanceof NoHttpResponseException || failure instanceof java.net.SocketException) {
            return new AnswerLost("connection-closed", system + " closed the connection without an answer");
        }
        return new AnswerLost("answer-lost", "the answer of " + system + " could not be read");
    }
}
