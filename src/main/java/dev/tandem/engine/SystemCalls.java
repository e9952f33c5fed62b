package dev.tandem.engine;

import dev.tandem.call.Calls;
import dev.tandem.call.Gates;
import dev.tandem.call.PlannedCalls;
import dev.tandem.call.SystemAccess;
import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.settings.Secret;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SystemSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the systems of the settings are called: addresses, logins, limits of time and of calls at once. */
public final class SystemCalls {
    private SystemCalls() {}

    private record LedgerGates(GateBook book) implements Gates {
        @Override
        public boolean open(String system) {
            return book.open(system);
        }

        @Override
        public void close(String system, String code) {
            book.close(system, code);
        }

        @Override
        public boolean beginSignIn(String system, Duration longest) {
            return book.beginSignIn(system, longest);
        }

        @Override
        public void endSignIn(String system) {
            book.endSignIn(system);
        }
    }

    static Calls of(Settings settings, Ledger ledger) {
        return of(settings, ledger, Optional.empty());
    }

    /** @param plan if present, takes what would be sent; nothing is then */
    static Calls of(Settings settings, Ledger ledger, Optional<PlannedCalls> plan) {
        InstantSource clock = () -> ledger.clock().now();
        return new Calls(settings(settings), new LedgerGates(ledger.gates()), clock, plan);
    }

    public static Calls.Settings settings(Settings settings) {
        Duration timeout = settings.work().callTimeout();
        List<SystemAccess> systems = new ArrayList<>();
        systems.add(SystemAccess.primero(
                settings.primero().url(),
                settings.primero().user(),
                settings.primero().password(),
                settings.primero().maxCalls(),
                timeout));
        systems.add(SystemAccess.oscar(
                settings.oscar().url(),
                settings.oscar().user(),
                settings.oscar().password(),
                settings.oscar().maxCalls(),
                timeout));
        settings.systems().forEach(system -> systems.add(access(system, timeout)));
        return new Calls.Settings(
                systems,
                settings.http().allowedHosts().stream()
                        .map(host -> URI.create("https://" + host))
                        .toList(),
                settings.http().outgoing(),
                timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10),
                timeout,
                settings.oscar().feedTimeout());
    }

    private static SystemAccess access(SystemSettings system, Duration timeout) {
        SystemAccess.Login login = system.token().isPresent()
                ? SystemAccess.Login.BEARER
                : system.user().isPresent() ? SystemAccess.Login.BASIC : SystemAccess.Login.NONE;
        return new SystemAccess(
                system.name(),
                system.url(),
                system.user().orElse(""),
                system.token().or(system::password).orElse(new Secret("")),
                login,
                system.maxCalls(),
                timeout,
                timeout);
    }
}
