package dev.tandem.ledger.route;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;

/** Which of the ledger's steps can end a route, from the steps themselves. */
public final class EndingActions {
    private EndingActions() {}

    public static Set<String> names() {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return LedgerActions.NAMES.stream()
                    .filter(name -> LedgerActions.of((LedgerEndpoint)
                                    context.getEndpoint("ledger:" + name + "?flow=a-to-b&source=a&keep=1d"))
                            instanceof RouteGuard)
                    .collect(Collectors.toSet());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
