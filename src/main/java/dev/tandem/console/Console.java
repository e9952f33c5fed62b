package dev.tandem.console;

import dev.tandem.admin.AdminApi;
import dev.tandem.admin.AdminGuard;
import dev.tandem.operation.AdminAccess;
import dev.tandem.operation.Operations;
import dev.tandem.operation.ServiceCommands;
import dev.tandem.operation.report.ServiceReport;
import dev.tandem.settings.Settings;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The console and the admin API on the management port, with one door: docs/operate/console.md. */
public final class Console implements AdminAccess {
    private final AdminApi api = new AdminApi();

    @Override
    public Operations ofRunningService(Settings settings) {
        return api.ofRunningService(settings);
    }

    @Override
    public Optional<ServiceReport> whoAnswers(Settings settings) {
        return api.whoAnswers(settings);
    }

    @Override
    public void serve(CamelContext context, Settings settings, ServiceCommands commands) {
        VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(
                context,
                VertxPlatformHttpRouter.getRouterNameFromPort(settings.http().managementPort()));
        AdminGuard guard = new AdminGuard(settings.admin());
        AdminApi.mount(router, guard, commands);
        new Site(guard, commands, settings.http().managementTls().isPresent()).mount(router);
    }
}
