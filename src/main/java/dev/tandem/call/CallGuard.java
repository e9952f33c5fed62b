package dev.tandem.call;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes an HTTP client that sends what a route asks for once, and to where it may. Left alone, the client repeats a POST
 * that was answered with 503, and follows a redirect to wherever it points.
 *
 * <p>One call is bounded by our own deadline; the client's timeouts below are there for its own stages.
 */
public final class CallGuard implements HttpClientConfigurer {
    /**
     * How long an idle connection is used again. Servers close idle ones after 5 s and more, and each that is met closed
     * costs a repeat ({@link Connection}), so this stays well below.
     */
    private static final TimeValue IDLE = TimeValue.ofSeconds(2);

    private final Supplier<ExecChainHandler> handler;
    private final Duration connectionWait;

    CallGuard(Supplier<ExecChainHandler> handler, Duration connectionWait) {
        this.handler = handler;
        this.connectionWait = connectionWait;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableAuthCaching()
                .setUserAgent("Tandem")
                .setKeepAliveStrategy((response, context) -> IDLE)
                .setRequestExecutor(new SendingMark())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(connectionWait))
                        .setProtocolUpgradeEnabled(false)
                        .setRedirectsEnabled(false)
                        .build())
                .addExecInterceptorFirst("tandem", handler.get());
    }
}
