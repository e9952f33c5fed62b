package dev.tandem.call;

import dev.tandem.settings.Outgoing;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes a Camel context call the systems safely. One per context; {@link #configure} comes before the context
 * starts, {@link #close} after it has stopped.
 */
public final class Calls implements AutoCloseable {
    /**
     * Everything that calls need to know.
     *
     * @param systems the systems with credentials, gates and limits
     * @param allowedHosts {@code scheme://host[:port]} that routes of the user's own may call besides; they get no credentials
     * @param outgoing by which way, and whose certificates are trusted
     * @param connectTimeout of one connection, TLS included
     * @param defaultTimeout one call in all to an allowed host
     * @param feedTimeout reading OSCaR's feed to its end, in all
     */
    public record Settings(
            List<SystemAccess> systems,
            List<URI> allowedHosts,
            Outgoing outgoing,
            Duration connectTimeout,
            Duration defaultTimeout,
            Duration feedTimeout) {}

    /**
     * How long an idle connection is used again. Servers close idle ones after 5 s and more, and each that is met closed costs a
     * repeat ({@link Exchanged}), so this stays well below.
     */
    private static final TimeValue IDLE = TimeValue.ofSeconds(2);

    private final Settings settings;
    private final Network network;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService atOnce;
    private final Gates gates;
    private final Optional<PlannedCalls> plan;
    private final Reachability reachability;

    /**
     * Prepares to call.
     *
     * @param clock for {@code Retry-After} dates and the expiry of OSCaR's tokens; time limits never follow it
     * @param plan if present, takes every call that would change something, which is then not made
     */
    public Calls(Settings settings, Gates gates, InstantSource clock, Optional<PlannedCalls> plan) {
        this.plan = plan;
        this.settings = settings;
        this.network = new Network(settings.outgoing());
        this.gates = gates;
        this.clock = clock;
        this.reachability = new Reachability(clock);
        this.timer = new ScheduledThreadPoolExecutor(1, new CamelThreadFactory("#name#", "call-deadlines", true));
        timer.setRemoveOnCancelPolicy(true);
        this.atOnce = atOnce(
                settings.systems().stream().mapToInt(SystemAccess::maxCalls).sum());
    }

    /**
     * Where a route makes calls beside each other. With all threads in use all turns are taken as well: then who asks makes
     * its calls itself, one after the other, and nobody waits for a thread.
     */
    private static ExecutorService atOnce(int most) {
        return new ThreadPoolExecutor(
                0,
                most,
                60,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new CamelThreadFactory("#name#-#counter#", "calls-at-once", true),
                (work, pool) -> work.run());
    }

    /**
     * Guards the components {@code http} and {@code https}, and binds what the call routes name: {@code answers},
     * {@code paths}, {@code feedGuard}, {@code signInGuard}, {@code atOnce}.
     */
    public void configure(CamelContext context) {
        List<CalledSystem> called = new ArrayList<>();
        for (SystemAccess access : settings.systems()) {
            called.add(called(access, context));
        }
        Destinations destinations = new Destinations(called, settings.allowedHosts());
        PoolingHttpClientConnectionManager connections = connections();
        HttpClientConfigurer guard =
                guarded(() -> new GuardedCall(destinations, timer, settings.defaultTimeout(), Optional.empty()));
        for (String scheme : List.of("http", "https")) {
            HttpComponent component = context.getComponent(scheme, HttpComponent.class);
            component.setHttpClientConfigurer(guard);
            component.setClientConnectionManager(connections);
        }
        context.getRegistry()
                .bind(
                        "feedGuard",
                        guarded(() -> new GuardedCall(
                                destinations, timer, settings.defaultTimeout(), Optional.of(settings.feedTimeout()))));
        context.getRegistry().bind("answers", new Answers(clock, plan, reachability));
        context.getRegistry().bind("paths", new Paths());
        context.getRegistry().bind("atOnce", atOnce);
        // A stream cache would read the whole feed into memory before the first client of it is seen.
        context.getStreamCachingStrategy().setDenyClasses(FeedStream.class);
    }

    /** Whether each system answers. */
    public Reachability reachability() {
        return reachability;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        // Never by an interrupt: a call looks at its gate, and H2 closes its whole database under an interrupted
        // thread.
        atOnce.shutdown();
    }

    private CalledSystem called(SystemAccess access, CamelContext context) {
        return switch (access.login()) {
            case BASIC -> new CalledSystem(access, Login.basic(access.user(), access.password()), gates);
            case BEARER -> new CalledSystem(access, Login.bearer(access.password()), gates);
            case NONE -> new CalledSystem(access, Login.none(), gates);
            case SIGN_IN -> signedIn(access, context);
        };
    }

    private CalledSystem signedIn(SystemAccess access, CamelContext context) {
        OscarSignIn signIn = new OscarSignIn(access.name(), clock, gates, signInRoute(context));
        CalledSystem system = new CalledSystem(access, signIn, gates);
        context.getRegistry().bind("signInGuard", guarded(() -> new SignInCall(system, signIn, timer, clock)));
        return system;
    }

    private static Supplier<Exchange> signInRoute(CamelContext context) {
        return () -> {
            try (var template = context.createProducerTemplate()) {
                return template.request(OscarSignIn.ROUTE, exchange -> {});
            } catch (java.io.IOException impossible) {
                throw new java.io.UncheckedIOException(impossible);
            }
        };
    }

    /**
     * A client that sends what a route asks for once, and to where it may. Left alone, it repeats a POST that was answered with
     * 503, and follows a redirect to wherever it points. One call is bounded by our own deadline; the client's own timeouts are
     * there for its stages.
     */
    private HttpClientConfigurer guarded(Supplier<ExecChainHandler> handler) {
        return client -> client.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableAuthCaching()
                .setUserAgent("Tandem")
                .setRoutePlanner(network.routes())
                .setDefaultCredentialsProvider(network.login())
                .addRequestInterceptorLast(network.loginInClear())
                .setKeepAliveStrategy((response, context) -> IDLE)
                .setRequestExecutor(new SendingMark())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                        .setProtocolUpgradeEnabled(false)
                        .setRedirectsEnabled(false)
                        .build())
                .addExecInterceptorFirst("tandem", handler.get());
    }

    private PoolingHttpClientConnectionManager connections() {
        int atOnce = settings.systems().stream()
                .mapToInt(SystemAccess::maxCalls)
                .max()
                .orElse(1);
        // Beside the turns there is at most one sign-in; hosts of the user's own share what is left of the total.
        int perRoute = Math.max(20, atOnce + 1);
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(network.tls())
                .setMaxConnPerRoute(perRoute)
                .setMaxConnTotal(10 * perRoute)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .build();
    }
}
