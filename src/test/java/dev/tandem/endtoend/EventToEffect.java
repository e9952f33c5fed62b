package dev.tandem.endtoend;

import dev.tandem.sandbox.oscar.ClientForm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long after an event its referral stands at the NGO: {@code EventToEffect [events a second] [seconds]}, by
 * default 100 for a minute. Each event is about another case with one referral. Nothing is asserted.
 */
public final class EventToEffect {
    private static final String NGO = "cif";

    private EventToEffect() {}

    public static void main(String[] args) throws Exception {
        int perSecond = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int events = perSecond * (args.length > 1 ? Integer.parseInt(args[1]) : 60);
        try (Bench bench = ListeningService.prepared(new Bench(Files.createTempDirectory("events")))) {
            bench.oscar.worker(NGO).newClient(ClientForm.named("Somebody", "Else"));
            bench.adopt();
            bench.sync();
            Map<String, Long> sent = new ConcurrentHashMap<>();
            Map<String, Long> arrived = new ConcurrentHashMap<>();
            List<String> ids = new ArrayList<>();
            Map<String, String> externalIds = new ConcurrentHashMap<>();
            var worker = bench.primero.worker();
            for (int i = 0; i < events; i++) {
                String id = worker.newCase(Children.of("Child" + i, "Example"));
                String row = worker.addService(id, Children.referral("counselling_trauma", "agency-cif"));
                worker.refer(id, row, "agency-cif-user", "Example note");
                ids.add(id);
                externalIds.put(
                        id,
                        bench.primero.caseById(id).orElseThrow().path("case_id").asText());
            }
            try (ListeningService service = ListeningService.of(bench)) {
                Thread looking = new Thread(() -> look(bench, arrived, events));
                looking.setDaemon(true);
                looking.start();
                send(service, ids, perSecond, sent);
                looking.join(TimeUnit.MINUTES.toMillis(2));
            }
            report(ids, externalIds, sent, arrived);
        }
    }

    private static void send(ListeningService service, List<String> ids, int perSecond, Map<String, Long> sent) {
        HttpClient client = HttpClient.newHttpClient();
        long begin = System.nanoTime();
        for (int i = 0; i < ids.size(); i++) {
            long at = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            while (at - System.nanoTime() > 0) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            String id = ids.get(i);
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.url("/webhooks/primero")))
                    .header("Content-Type", "application/json")
                    .header("x-api-key", ListeningService.PRIMERO_SECRET)
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"data\":{\"record_id\":\"" + id + "\",\"record_type\":\"case\"}}"))
                    .build();
            sent.put(id, System.nanoTime());
            var unused = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        }
    }

    /** Every few milliseconds, so what it says is late by that at most. */
    private static void look(Bench bench, Map<String, Long> arrived, int events) {
        int seen = 0;
        while (arrived.size() < events) {
            var referrals = bench.oscar.checks().referrals(NGO);
            long now = System.nanoTime();
            for (; seen < referrals.size(); seen++) {
                arrived.putIfAbsent(referrals.get(seen).externalId(), now);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static void report(
            List<String> ids, Map<String, String> externalIds, Map<String, Long> sent, Map<String, Long> arrived) {
        List<Double> millis = new ArrayList<>();
        for (String id : ids) {
            Long at = arrived.get(externalIds.get(id));
            if (at != null) {
                millis.add((at - sent.get(id)) / 1e6);
            }
        }
        millis.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%d events, %d arrived; milliseconds from the event to the referral: median %.0f, 95th percentile %.0f, most %.0f%n",
                ids.size(),
                millis.size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 95 / 100),
                millis.get(millis.size() - 1));
    }
}
