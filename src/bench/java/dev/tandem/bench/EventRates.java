package dev.tandem.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How many webhooks are accepted. */
final class EventRates implements Part {
    private static final int CALLS_AT_ONCE = 16;
    private static final int SENDERS = 16;

    /** As fast as sixteen senders can, each waiting for its answer; the marked cases are worked meanwhile. */
    @Override
    public void measure(Options options, Results results) throws Exception {
        try (RemoteWorld world = new RemoteWorld().limits(CALLS_AT_ONCE)) {
            world.bench.adopt();
            world.cases(1_000);
            TandemRun.of(world.bench, true);
            List<String> ids = new ArrayList<>();
            world.bench.primero.cases().forEach(one -> ids.add(one.path("id").asText()));
            try (Service service = new Service(world.bench)) {
                send(service, ids, options.seconds() * 300);
                List<Double> rates = new ArrayList<>();
                List<Double> slowest = new ArrayList<>();
                for (int i = 0; i < options.alternations(); i++) {
                    int events = options.seconds() * 300;
                    long began = System.nanoTime();
                    Samples millis = send(service, ids, events);
                    rates.add(events / ((System.nanoTime() - began) / 1e9));
                    slowest.add(millis.percentile(0.99));
                }
                results.add(Result.alone(
                        "events",
                        "webhooks accepted, 16 senders, cases worked meanwhile",
                        "events/s",
                        new Samples(rates)));
                results.add(Result.alone("events", "the same: 99th percentile", "ms", new Samples(slowest)));
            }
        }
    }

    private static Samples send(Service service, List<String> ids, int events) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        List<Double> millis = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> {
                for (int n = next.getAndIncrement(); n < events; n = next.getAndIncrement()) {
                    millis.add(millisOf(client, service.event(ids.get(n % ids.size()))));
                }
            });
        }
        senders.shutdown();
        if (!senders.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the events were not taken in five minutes");
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
