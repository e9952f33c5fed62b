package dev.tandem.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How many webhooks are accepted, and how soon after an event its referral stands at the NGO. */
final class EventRates implements Part {
    private static final int CALLS_AT_ONCE = 16;
    private static final int SENDERS = 16;
    private static final int A_SECOND = 100;

    @Override
    public void measure(Options options, Results results) throws Exception {
        accepted(options, results);
        delivered(options, results);
    }

    /** As fast as sixteen senders can, each waiting for its answer; the marked cases are worked meanwhile. */
    private static void accepted(Options options, Results results) throws Exception {
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

    /** A hundred a second, each about another case with one referral. */
    private static void delivered(Options options, Results results) throws Exception {
        int events = A_SECOND * options.seconds() * 2;
        try (RemoteWorld world = new RemoteWorld().limits(CALLS_AT_ONCE).settled()) {
            List<String> ids = world.referrals(events);
            Map<String, String> caseIds = new HashMap<>();
            world.bench
                    .primero
                    .cases()
                    .forEach(one -> caseIds.put(
                            one.path("id").asText(), one.path("case_id").asText()));
            Map<String, Long> arrived = new ConcurrentHashMap<>();
            Map<String, Long> sent = new ConcurrentHashMap<>();
            try (Service service = new Service(world.bench)) {
                Thread looking = new Thread(() -> look(world, arrived, events));
                looking.setDaemon(true);
                looking.start();
                send(service, ids, sent);
                looking.join(TimeUnit.MINUTES.toMillis(2));
            }
            Samples millis = new Samples(ids.stream()
                    .map(id -> (arrived.getOrDefault(caseIds.get(id), Long.MAX_VALUE) - sent.get(id)) / 1e6)
                    .toList());
            results.add(Result.alone(
                    "events",
                    "from event to referral at the NGO, 100 events/s: 95th percentile",
                    "ms",
                    Samples.of(millis.percentile(0.95))));
            results.add(Result.alone("events", "the same: median", "ms", Samples.of(millis.median())));
        }
    }

    private static void send(Service service, List<String> ids, Map<String, Long> sent) {
        HttpClient client = HttpClient.newHttpClient();
        long began = System.nanoTime();
        for (int i = 0; i < ids.size(); i++) {
            long at = began + i * TimeUnit.SECONDS.toNanos(1) / A_SECOND;
            while (at - System.nanoTime() > 0) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            sent.put(ids.get(i), System.nanoTime());
            var unused = client.sendAsync(service.event(ids.get(i)), HttpResponse.BodyHandlers.discarding());
        }
    }

    /** Every few milliseconds, so what it says is late by that at most. */
    private static void look(RemoteWorld world, Map<String, Long> arrived, int events) {
        int seen = 0;
        while (arrived.size() < events) {
            var referrals = world.bench.oscar.checks().referrals(RemoteWorld.NGO);
            long now = System.nanoTime();
            for (; seen < referrals.size(); seen++) {
                arrived.putIfAbsent(referrals.get(seen).externalId(), now);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
