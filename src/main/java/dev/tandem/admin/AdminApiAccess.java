package dev.tandem.admin;

import dev.tandem.operation.AdminAccess;
import dev.tandem.operation.Operations;
import dev.tandem.operation.ServiceCommands;
import dev.tandem.settings.Settings;
import org.apache.camel.CamelContext;

/** The admin API as the way from a command to the service that runs. */
public final class AdminApiAccess implements AdminAccess {
    @Override
    public Operations ofRunningService(Settings settings) {
        return new RemoteOperations(settings);
    }

    @Override
    public void serve(CamelContext context, Settings settings, ServiceCommands commands) {
        AdminApi.mount(context, settings.http().managementPort(), settings.admin(), commands);
    }
}
