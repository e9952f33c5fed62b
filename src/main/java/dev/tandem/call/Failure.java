package dev.tandem.call;

import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** What an exception of the HTTP client says about a call. Its message is not passed on: it may quote what was sent. */
final class Failure {
    private Failure() {}

    /** @param proxied whether the call goes by a proxy */
    static Setback of(Exception failure, String system, boolean sending, boolean proxied, Deadline deadline) {
        return sending ? lost(failure, system, deadline) : notSent(failure, system, proxied, deadline);
    }

    /** What a proxy says for itself, before anything was sent to the system. */
    static NotSent ofProxy(int status, String system) {
        String proxy = "the proxy (tandem.http.proxy)";
        return switch (status) {
            case HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED ->
                NotSent.unreachable(
                        "proxy-login",
                        proxy + " wants a login, or refuses the one it gets (407): see tandem.http.proxy.user and"
                                + " tandem.http.proxy.password");
            case HttpStatus.SC_BAD_GATEWAY, HttpStatus.SC_SERVICE_UNAVAILABLE, HttpStatus.SC_GATEWAY_TIMEOUT ->
                NotSent.unreachable("proxy-refused", proxy + " could not reach " + system + " (" + status + ")");
            default ->
                NotSent.unreachable(
                        "proxy-refused", proxy + " does not let calls to " + system + " pass (" + status + ")");
        };
    }

    private static NotSent notSent(Exception failure, String system, boolean proxied, Deadline deadline) {
        if (failure instanceof SSLException) {
            return NotSent.unreachable("tls-failed", tls(failure, system));
        }
        if (proxied) {
            return NotSent.unreachable("proxy-unreachable", proxy(failure, deadline));
        }
        if (failure instanceof UnknownHostException) {
            return NotSent.unreachable("unknown-host", "the host name of " + system + " is not known");
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

    private static String proxy(Exception failure, Deadline deadline) {
        String why = failure instanceof UnknownHostException
                ? "its host name is not known"
                : deadline.passed() || failure instanceof SocketTimeoutException
                        ? "it does not answer in time"
                        : failure instanceof ConnectException ? "nothing listens there" : "the connection failed";
        return "the proxy (tandem.http.proxy) cannot be used: " + why;
    }

    private static String tls(Exception failure, String system) {
        if (isCausedBy(failure, CertificateExpiredException.class)) {
            return "the certificate of " + system + " has expired";
        }
        if (isCausedBy(failure, CertPathBuilderException.class)) {
            return "the certificate of " + system
                    + " is from no authority that is trusted: name the file of its CA in tandem.http.ca-file";
        }
        if (failure instanceof SSLPeerUnverifiedException || isCausedBy(failure, CertificateException.class)) {
            return "the certificate of " + system + " is not for the host name by which it is called";
        }
        return "no secure connection to " + system + " could be made";
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Exception> kind) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(kind::isInstance);
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
