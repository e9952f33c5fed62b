package dev.tandem.call;

import java.io.IOException;
import java.net.SocketException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * The connection of one request. A server may close an idle one in the moment in which the next request is written into
 * it, and nothing tells whether it still read that. So what must not be sent twice gets a connection on which nothing was
 * sent before, and anything else is repeated once on such a one.
 */
final class Connection {
    private Connection() {}

    /** Whether the request will go out on a connection that was used before. */
    static boolean reused(ExecChain.Scope scope, boolean ownConnection) throws IOException {
        acquire(scope);
        if (ownConnection && scope.execRuntime.isEndpointConnected()) {
            scope.execRuntime.disconnectEndpoint();
        }
        return scope.execRuntime.isEndpointConnected();
    }

    private static void acquire(ExecChain.Scope scope) throws IOException {
        if (!scope.execRuntime.isEndpointAcquired()) {
            scope.execRuntime.acquireEndpoint(
                    scope.exchangeId, scope.route, scope.clientContext.getUserToken(), scope.clientContext);
        }
    }

    /** Whether this failure on a connection that was used before may mean that the server had just closed it. */
    static boolean wasStale(Exception failure) {
        return failure instanceof NoHttpResponseException
                || failure instanceof ConnectionClosedException
                || failure instanceof SocketException;
    }
}
