package dev.tandem.operation;

import dev.tandem.operation.report.ServiceReport;
import dev.tandem.settings.Settings;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** How a running service and a command beside it reach each other. The admin API, which does it, lies above this package. */
public interface AdminAccess {
    /**
     * The operations of the service that has the embedded database of these settings.
     *
     * @throws dev.tandem.outcome.OperationFailed if it is no service, or another ledger's answers in its place
     */
    Operations ofRunningService(Settings settings);

    /** Whoever answers on the management port of these settings as a Tandem, of whatever ledger; none if nobody does. */
    Optional<ServiceReport> whoAnswers(Settings settings);

    /** Lets others ask this service, whose context has started. */
    void serve(CamelContext context, Settings settings, ServiceCommands commands);
}
