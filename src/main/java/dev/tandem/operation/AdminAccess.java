package dev.tandem.operation;

import dev.tandem.settings.Settings;
import org.apache.camel.CamelContext;

/** How a running service and a command beside it reach each other. The admin API, which does it, lies above this package. */
public interface AdminAccess {
    /** The operations of the service that holds the ledger of these settings. */
    Operations ofRunningService(Settings settings);

    /** Lets others ask this service, whose context has started. */
    void serve(CamelContext context, Settings settings, ServiceCommands commands);
}
