package dev.tandem.call;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Outgoing;
import dev.tandem.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.slf4j.LoggerFactory;

/** Camel Main with the real call routes, pointed at scripted servers. */
final class CallBench implements AutoCloseable {
    static {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
    }

    final MemoryGates gates;
    final Calls calls;
    private final Main main = new Main();
    private final ProducerTemplate template;

    private CallBench(Settings settings) {
        gates = settings.gates;
        SystemAccess primero = new SystemAccess(
                "primero",
                settings.primero,
                "sync_svc",
                new Secret("p&w%=1"),
                SystemAccess.Login.BASIC,
                settings.maxCalls,
                settings.callTimeout,
                settings.turnTimeout);
        SystemAccess oscar = new SystemAccess(
                "oscar",
                settings.oscar,
                settings.oscarUser,
                new Secret(settings.oscarPassword),
                SystemAccess.Login.SIGN_IN,
                settings.maxCalls,
                settings.callTimeout,
                settings.turnTimeout);
        calls = new Calls(
                new Calls.Settings(
                        List.of(primero, oscar),
                        settings.allowed,
                        settings.outgoing,
                        Duration.ofSeconds(5),
                        settings.callTimeout,
                        settings.feedTimeout),
                gates,
                InstantSource.system(),
                Optional.empty());
        main.configure()
                .withRoutesIncludePattern("file:routes/call-*.camel.yaml,classpath:call/caller.camel.yaml")
                .withAutoConfigurationEnabled(false)
                .withShutdownTimeout(5);
        main.addInitialProperty("tandem.primero.url", settings.primero.toString());
        main.addInitialProperty("tandem.oscar.url", settings.oscar.toString());
        settings.beans.forEach(main::bind);
        main.configure().addConfiguration(new Guarded(calls));
        main.start();
        template = main.getCamelContext().createProducerTemplate();
    }

    /** As the application does it: the guard must be there before the routes make their endpoints. */
    public static final class Guarded implements org.apache.camel.CamelConfiguration {
        private final Calls calls;

        Guarded(Calls calls) {
            this.calls = calls;
        }

        @Override
        public void configure(CamelContext context) {
            calls.configure(context);
        }
    }

    static Settings settings() {
        return new Settings();
    }

    static CallBench primeroAt(URI url) {
        return settings().primero(url).start();
    }

    static CallBench oscarAt(URI url) {
        return settings().oscar(url).start();
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    Exchange call(String system, String method, String path, Object body) {
        return request("direct:call-" + system, Map.of("CamelHttpMethod", method, "CamelHttpPath", path), body);
    }

    Exchange get(String system) {
        return call(system, "GET", "/api/record", null);
    }

    Exchange request(String endpoint, Map<String, Object> headers, Object body) {
        return template.request(endpoint, exchange -> {
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
            exchange.getMessage().setBody(body);
        });
    }

    /** The setback that a caller's error handler gets to see: not wrapped in anything. */
    static Setback setback(Exchange exchange) {
        if (exchange.getException() instanceof Setback setback) {
            return setback;
        }
        throw new AssertionError("expected a setback, found " + exchange.getException());
    }

    @Override
    public void close() {
        main.stop();
        calls.close();
    }

    static final class Settings {
        private URI primero = URI.create("http://127.0.0.1:9");
        private URI oscar = URI.create("http://127.0.0.1:7");
        private String oscarUser = "sync@example.org";
        private String oscarPassword = "s3cret-word";
        private MemoryGates gates = new MemoryGates();
        private final List<URI> allowed = new ArrayList<>();
        private final Outgoing outgoing = Outgoing.DIRECT;
        private int maxCalls = 3;
        private Duration callTimeout = Duration.ofSeconds(20);
        private Duration turnTimeout = Duration.ofSeconds(20);
        private Duration feedTimeout = Duration.ofSeconds(20);
        private final Map<String, Object> beans = new java.util.HashMap<>(Map.of("reader", (Processor) exchange -> {}));

        Settings primero(URI url) {
            primero = url;
            return this;
        }

        Settings oscar(URI url) {
            oscar = url;
            return this;
        }

        Settings oscarLogin(String user, String password) {
            oscarUser = user;
            oscarPassword = password;
            return this;
        }

        Settings gates(MemoryGates shared) {
            gates = shared;
            return this;
        }

        Settings allow(URI url) {
            allowed.add(url);
            return this;
        }

        Settings maxCalls(int max) {
            maxCalls = max;
            return this;
        }

        Settings callTimeout(Duration timeout) {
            callTimeout = timeout;
            return this;
        }

        Settings turnTimeout(Duration timeout) {
            turnTimeout = timeout;
            return this;
        }

        Settings feedTimeout(Duration timeout) {
            feedTimeout = timeout;
            return this;
        }

        Settings bean(String name, Object bean) {
            beans.put(name, bean);
            return this;
        }

        CallBench start() {
            return new CallBench(this);
        }
    }
}
