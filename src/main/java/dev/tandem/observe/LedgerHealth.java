package dev.tandem.observe;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready only while the ledger's database answers: without it no webhook can be taken. No sign of life or death: a restart
 * would mend nothing.
 */
final class LedgerHealth extends AbstractHealthCheck {
    private final Supplier<Optional<String>> away;

    LedgerHealth(Supplier<Optional<String>> away) {
        super("tandem", "ledger");
        this.away = away;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<String> why = away.get();
        if (why.isPresent()) {
            result.message(why.get()).down();
        } else {
            result.up();
        }
    }
}
