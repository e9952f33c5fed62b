package dev.tandem.call;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Notes the moment after which a request may have reached the system. What fails before it, certainly had no effect:
 * that is the proof behind {@code NotSent}, rather than the class of an exception (a TLS 1.3 server refuses a client
 * with a handshake exception after it has read the request).
 */
final class SendingMark extends HttpRequestExecutor {
    private static final String SENDING = SendingMark.class.getName();

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback callback,
            HttpContext context)
            throws IOException, HttpException {
        if (Method.CONNECT.isSame(request.getMethod())) {
            // To a proxy, which lets nothing of the request itself be seen by the system.
            return super.execute(request, connection, callback, context);
        }
        if (CallContext.current().left().filter(Duration::isZero).isPresent()) {
            // This process stood still since the last look at the clock, in which a connection was made or a login
            // brought.
            throw new InterruptedIOException("too late to send");
        }
        context.setAttribute(SENDING, true);
        return super.execute(request, connection, callback, context);
    }

    static boolean seenOn(HttpContext context) {
        return context.getAttribute(SENDING) != null;
    }

    /** The system answered that it did not let the request in: the next attempt begins unsent. */
    static void clear(HttpContext context) {
        context.removeAttribute(SENDING);
    }
}
