package dev.tandem.call;

import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;

/**
 * One request on the wire and its answer, read to the end within the deadline. A server may close an idle connection in the
 * moment in which the next request is written into it, and nothing tells whether it still read that. So what must not be sent
 * twice gets a connection on which nothing was sent before, and anything else is repeated once on such a one.
 */
final class Exchanged {
    /** More than any single record; the feed, which may be larger, is never read as a whole. */
    static final int LONGEST_ANSWER = 32 * 1024 * 1024;

    private Exchanged() {}

    static Cancellable cancellable(ExecChain.Scope scope) {
        return scope.originalRequest instanceof Cancellable call
                ? call
                : () -> {
                    scope.execRuntime.discardEndpoint();
                    return true;
                };
    }

    /**
     * Sends and waits for the head of the answer.
     *
     * @param request makes the request anew: the client adds headers to the one that it sends
     * @throws Setback what became of the call if no answer came
     */
    static ClassicHttpResponse send(
            Supplier<ClassicHttpRequest> request,
            ExecChain.Scope scope,
            ExecChain chain,
            String system,
            Deadline deadline) {
        HttpClientContext context = scope.clientContext;
        context.setRequestConfig(RequestConfig.copy(context.getRequestConfigOrDefault())
                .setResponseTimeout(Timeout.of(deadline.left().plus(Duration.ofSeconds(1))))
                .build());
        boolean repeated = false;
        while (true) {
            boolean reused = false;
            try {
                reused = reused(scope, repeated || CallContext.current().onlyOnce());
                ClassicHttpResponse response = chain.proceed(request.get(), scope);
                if (isOfProxy(response, scope)) {
                    drop(response);
                    scope.execRuntime.discardEndpoint();
                    throw repeated
                            ? new AnswerLost("answer-lost", "the answer of " + system + " could not be read")
                            : Failure.ofProxy(response.getCode(), system);
                }
                return response;
            } catch (IOException | HttpException failure) {
                scope.execRuntime.discardEndpoint();
                if (repeated || !reused || !wasStale(failure) || deadline.passed()) {
                    // Of a repeated one the first may have been read: sent remains sent.
                    throw Failure.of(
                            failure, system, repeated || SendingMark.seenOn(context), isProxied(scope), deadline);
                }
                repeated = true;
            }
        }
    }

    /** It refused the way to the system before anything of the request was sent, or wants to know who sends it. */
    private static boolean isOfProxy(ClassicHttpResponse response, ExecChain.Scope scope) {
        return isProxied(scope)
                && (response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED
                        || !SendingMark.seenOn(scope.clientContext));
    }

    private static boolean isProxied(ExecChain.Scope scope) {
        return scope.route.getProxyHost() != null;
    }

    /**
     * Whether the request will go out on a connection that was used before.
     *
     * @param ownConnection whether it gets one on which nothing was sent before
     */
    private static boolean reused(ExecChain.Scope scope, boolean ownConnection) throws IOException {
        if (!scope.execRuntime.isEndpointAcquired()) {
            scope.execRuntime.acquireEndpoint(
                    scope.exchangeId, scope.route, scope.clientContext.getUserToken(), scope.clientContext);
        }
        if (ownConnection && scope.execRuntime.isEndpointConnected()) {
            scope.execRuntime.disconnectEndpoint();
        }
        return scope.execRuntime.isEndpointConnected();
    }

    /** Whether this failure on a connection that was used before may mean that the server had just closed it. */
    private static boolean wasStale(Exception failure) {
        return failure instanceof NoHttpResponseException
                || failure instanceof ConnectionClosedException
                || failure instanceof SocketException;
    }

    /** Ends an answer that is of no further use. Closing it may fail on what is still to be read, which says nothing new. */
    static void drop(ClassicHttpResponse response) {
        Closer.closeQuietly(response);
    }

    /**
     * Reads the body to its end and leaves it in memory, so that no step after this can meet a half answer.
     *
     * @throws AnswerLost if it is cut off, too long or too late
     */
    static void readWhole(ClassicHttpResponse response, String system, Deadline deadline) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return;
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content == null ? new byte[0] : content.readNBytes(LONGEST_ANSWER + 1);
            if (body.length > LONGEST_ANSWER) {
                throw new AnswerLost(Answers.TOO_LONG, "the answer of " + system + " is longer than 32 MB");
            }
            response.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType())));
        } catch (IOException failure) {
            throw Failure.lost(failure, system, deadline);
        }
    }
}
