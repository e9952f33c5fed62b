package dev.tandem.observe;

import dev.tandem.json.ReportJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * {@code /observe/health/degraded}, beside live and ready: what a person should know of, in words. The answer is 200 either
 * way, so that no probe that is pointed at it can restart anything.
 */
final class DegradedPage {
    private static final String PATH = "/observe/health/degraded";

    /** @param status {@code UP}, or {@code DEGRADED} if there is any verdict */
    record Page(String status, List<Verdict> verdicts) {}

    private final Supplier<List<Verdict>> verdicts;

    private DegradedPage(Supplier<List<Verdict>> verdicts) {
        this.verdicts = verdicts;
    }

    /** Adds it to the running management server of this context; {@code port} is the one that was configured. */
    static void mount(CamelContext context, int port, Supplier<List<Verdict>> verdicts) {
        DegradedPage page = new DegradedPage(verdicts);
        VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port))
                .get(PATH)
                .order(-1)
                .handler(page::answer);
    }

    private void answer(RoutingContext exchange) {
        List<Verdict> now = verdicts.get();
        exchange.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(ReportJson.pretty(new Page(now.isEmpty() ? "UP" : "DEGRADED", now)) + "\n"));
    }
}
