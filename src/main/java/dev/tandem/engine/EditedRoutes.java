package dev.tandem.engine;

import dev.tandem.call.Calls;
import dev.tandem.ledger.Ledger;
import dev.tandem.live.Allowed;
import dev.tandem.live.EditionChecks;
import dev.tandem.mapping.Mappings;
import dev.tandem.notice.MailSession;
import dev.tandem.settings.Release;
import dev.tandem.settings.Settings;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** With what the routes that people edit are checked: everything that they may name, and the hosts that they may call. */
public final class EditedRoutes {
    private EditedRoutes() {}

    public static EditionChecks checks(Settings settings, Ledger ledger) {
        return new EditionChecks(
                mappings -> context(settings, ledger, mappings),
                hosts(settings),
                new Allowed(settings.http().allowedInRoutes()),
                Release.version() + RouteWords.placeholders(settings));
    }

    private static ModelCamelContext context(Settings settings, Ledger ledger, Mappings mappings) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.setAutoStartup(false);
        context.setSourceLocationEnabled(true);
        context.disableJMX();
        context.setPropertiesComponent(new RoutePlaceholders());
        Properties properties = new Properties();
        properties.putAll(RouteWords.placeholders(settings));
        context.getPropertiesComponent().setOverrideProperties(properties);
        RouteWords.beans(settings, ledger, mappings)
                .forEach((name, bean) -> context.getRegistry().bind(name, bean));
        Calls calls = SystemCalls.of(settings, ledger);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                calls.close();
            }
        });
        new ContextWiring(calls, ledger, 1, false, (exchange, work) -> {}).configure(context);
        return context;
    }

    private static Set<String> hosts(Settings settings) {
        Set<String> hosts = new HashSet<>();
        SystemCalls.settings(settings)
                .systems()
                .forEach(system -> hosts.add(system.url().toString()));
        // As they are called: never in clear (SystemCalls).
        settings.http().allowedHosts().forEach(host -> hosts.add("https://" + host));
        hosts.add("smtp:" + MailSession.host(settings.notices()) + ":"
                + settings.notices().smtpPort());
        return hosts;
    }
}
