package dev.tandem.chaos;

import dev.tandem.sandbox.oscar.Gateway;
import dev.tandem.sandbox.primero.Webhook;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Primero's webhooks and a gateway beside OSCaR, on a line that may lose, double, delay and shuffle what they say. */
final class Events implements AutoCloseable {
    static final String PRIMERO_SECRET = "synthetic-secret-of-primero";
    static final String OSCAR_SECRET = "whsec_" + "c3ludGhldGljLXNlY3JldC1vZi1vc2Nhci0wMDAwMDA=";
    private static final int MILLIS_BETWEEN = 50;

    private final Stage stage;
    private final LinkedBlockingQueue<String> changed = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;
    private volatile boolean late;
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger toDouble = new AtomicInteger();
    private volatile long shuffled;

    Events(Stage stage) {
        this.stage = stage;
    }

    /** Each kind of event has a receiver of its own; with one replica both are the same. */
    void begin() {
        List<Replica> replicas = stage.replicas;
        stage.primero.webhooks().register(hook("case.create", replicas.get(0)));
        stage.primero.webhooks().register(hook("case.update", replicas.get(replicas.size() - 1)));
        run("events of Primero", () -> stage.primero.deliverWebhooks());
        run("events about OSCaR", this::tell);
    }

    private static Webhook hook(String event, Replica replica) {
        return Webhook.of(event, "http://127.0.0.1:" + replica.http + "/webhooks/primero?e=" + event)
                .withApiKey(PRIMERO_SECRET);
    }

    private void run(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    while (!over) {
                        History.pause(MILLIS_BETWEEN);
                        if (!late) {
                            work.run();
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    void oscarChanged(String globalId) {
        changed.add(globalId);
    }

    private void tell() {
        List<String> now = new ArrayList<>();
        changed.drainTo(now);
        if (shuffled != 0) {
            Collections.shuffle(now, new Random(shuffled));
        }
        int to = 0;
        for (String globalId : now) {
            if (taken(toLose)) {
                continue;
            }
            Replica replica = stage.replicas.get(to++ % stage.replicas.size());
            Gateway gateway = new Gateway("http://127.0.0.1:" + replica.http + "/webhooks/oscar", OSCAR_SECRET);
            String id = UUID.randomUUID().toString();
            for (int times = taken(toDouble) ? 2 : 1; times > 0; times--) {
                send(gateway, id, globalId);
            }
        }
    }

    private static boolean taken(AtomicInteger left) {
        return left.getAndUpdate(number -> Math.max(0, number - 1)) > 0;
    }

    private static void send(Gateway gateway, String id, String globalId) {
        try {
            gateway.send(id, Instant.now(), Gateway.body(List.of(globalId)));
        } catch (UncheckedIOException nobodyThere) {
            // Lost, as an event is that nobody takes.
        }
    }

    void lose(int next) {
        stage.primero.webhooks().loseNext(next);
        toLose.set(next);
    }

    void twice(int next) {
        stage.primero.webhooks().doubleNext(next);
        toDouble.set(next);
    }

    void shuffle(long seed) {
        stage.primero.webhooks().reorder(seed);
        shuffled = seed | 1;
    }

    void hold(boolean on) {
        late = on;
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Thread::interrupt);
    }
}
