package dev.tandem.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How many webhooks are accepted while the marked cases are worked, and how long each waits for its answer. */
final class EventRates implements Part {
    private static final int CALLS_AT_ONCE = 16;
    private static final List<Integer> SENDERS = List.of(16, 256);
    private static final double GOAL_A_SECOND = 2_000;
    private static final double GOAL_MILLIS = 20;

    /** As fast as the senders can, each waiting for its answer; then one crowd, of as many events as an outage brings. */
    @Override
    public void measure(Options options, Results results) throws Exception {
        for (Databases database : Databases.values()) {
            try (RemoteWorld world = new RemoteWorld().on(database).limits(CALLS_AT_ONCE)) {
                world.bench.adopt();
                world.cases(1_000);
                TandemRun.of(world.bench, true);
                List<String> ids = new ArrayList<>();
                world.bench
                        .primero
                        .cases()
                        .forEach(one -> ids.add(one.path("id").asText()));
                try (Service service = new Service(world.bench)) {
                    int events = options.seconds() * 1_000;
                    send(service, ids, 16, events);
                    for (int senders : SENDERS) {
                        measure(options, results, database, service, ids, senders, events);
                    }
                    burst(results, database, service, ids, options.outage());
                }
            }
        }
    }

    private static void measure(
            Options options,
            Results results,
            Databases database,
            Service service,
            List<String> ids,
            int senders,
            int events)
            throws Exception {
        List<Double> rates = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        for (int i = 0; i < options.alternations(); i++) {
            long began = System.nanoTime();
            Samples millis = send(service, ids, senders, events);
            rates.add(events / ((System.nanoTime() - began) / 1e9));
            slowest.add(millis.percentile(0.99));
        }
        results.add(Result.alone(
                        "events",
                        "webhooks accepted, " + senders + " senders, cases worked meanwhile, " + database.label(),
                        "events/s",
                        new Samples(rates))
                .goal("2,000", measured -> measured >= GOAL_A_SECOND));
        results.add(Result.alone("events", "the same: 99th percentile", "ms", new Samples(slowest))
                .goal("at most 20", measured -> measured <= GOAL_MILLIS));
    }

    private static void burst(Results results, Databases database, Service service, List<String> ids, int events)
            throws Exception {
        long began = System.nanoTime();
        Samples millis = send(service, ids, 256, events);
        double seconds = (System.nanoTime() - began) / 1e9;
        results.add(Result.alone(
                "events",
                String.format(
                        Locale.ROOT,
                        "a burst of %,d events by 256 senders, all answered 202, %s",
                        events,
                        database.label()),
                "s",
                Samples.of(seconds)));
        results.add(Result.alone("events", "the same: the slowest answer", "ms", Samples.of(millis.percentile(1))));
    }

    private static Samples send(Service service, List<String> ids, int senders, int events) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService pool = Executors.newFixedThreadPool(senders);
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < senders; i++) {
            pool.execute(() -> {
                for (int n = next.getAndIncrement(); n < events; n = next.getAndIncrement()) {
                    millis.add(millisOf(client, service.event(ids.get(n % ids.size()))));
                }
            });
        }
        pool.shutdown();
        if (!pool.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the events were not taken in five minutes");
        }
        if (millis.size() != events) {
            throw new IllegalStateException((events - millis.size()) + " events were not taken");
        }
        return new Samples(List.copyOf(millis));
    }

    private static double millisOf(HttpClient client, HttpRequest event) {
        long began = System.nanoTime();
        try {
            int status =
                    client.send(event, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 202) {
                throw new IllegalStateException("an event was answered " + status);
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException("an event was not taken", e);
        }
        return (System.nanoTime() - began) / 1e6;
    }
}
