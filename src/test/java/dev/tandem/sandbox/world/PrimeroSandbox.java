package dev.tandem.sandbox.world;

import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A Primero of its own process, driven over {@code /_control}: {@code PrimeroSandbox [port] [cases] [seed]}. User and
 * password are those of {@link Options#defaults}.
 */
public final class PrimeroSandbox {
    private PrimeroSandbox() {}

    public static void main(String[] args) throws InterruptedException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        int cases = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
        PrimeroSimulator primero =
                PrimeroSimulator.start(Options.defaults().withPort(port).withSeed(seed));
        World.seeded(seed).populate(primero, cases);
        primero.webhooks().startWorker(Duration.ofSeconds(1));
        System.out.println("primero " + primero.url());
        new CountDownLatch(1).await();
    }
}
