package dev.tandem.sandbox.world;

import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.oscar.OscarSettings;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Both systems in a process of their own, with invented children on both sides, for a Tandem that is pointed at them as at real
 * ones: {@code Sandbox [primero-port] [oscar-port] [children]}. It says with which settings.
 */
public final class Sandbox {
    private static final long SEED = 7;

    private Sandbox() {}

    public static void main(String[] args) throws InterruptedException {
        Options options = Options.defaults().withPort(number(args, 0, 3000)).withSeed(SEED);
        OscarSettings settings = OscarSettings.standard();
        PrimeroSimulator primero = PrimeroSimulator.start(options);
        OscarSimulator oscar = OscarSimulator.start(settings, SimClock.real(), number(args, 1, 3001));
        int children = number(args, 2, 100);
        World.seeded(SEED).populate(primero, children);
        OscarWorld.populate(oscar, children, SEED);
        SharedChildren.populate(primero, oscar, children, SEED + 1);
        primero.webhooks().startWorker(Duration.ofSeconds(1));
        System.out.printf(
                """
                Primero and OSCaR are there, with %d cases and %d clients. Ctrl-C ends them, and all they hold is forgotten.

                application.properties:
                tandem.primero.url = %s
                tandem.primero.user = %s
                tandem.oscar.url = %s
                tandem.oscar.user = %s

                export TANDEM_PRIMERO_PASSWORD=%s TANDEM_OSCAR_PASSWORD=%s
                """,
                primero.caseCount(),
                oscar.checks().clients().size(),
                primero.url(),
                options.user(),
                oscar.url(),
                settings.email(),
                options.password(),
                settings.password());
        System.out.flush();
        new CountDownLatch(1).await();
    }

    private static int number(String[] args, int at, int otherwise) {
        return args.length > at ? Integer.parseInt(args[at]) : otherwise;
    }
}
