package dev.tandem.bench;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon after an event its referral stands at the NGO, with a hundred events a second, each about another case. The goal is
 * two round trips (case and referrals at the same time, then the upsert) and 100 ms.
 */
final class EventToEffect implements Part {
    private static final int A_SECOND = 100;
    private static final List<Integer> AWAY = List.of(20, 100);
    private static final long OVER_THE_CALLS = 100;
    /** Twice what is under way on average at 100 ms: 200 reads a second. */
    private static final int CALLS_AT_ONCE = 40;

    @Override
    public void measure(Options options, Results results) throws Exception {
        for (Databases database : Databases.values()) {
            for (int away : AWAY) {
                measure(options, results, database, Duration.ofMillis(away));
            }
        }
    }

    private static void measure(Options options, Results results, Databases database, Duration away) throws Exception {
        int events = A_SECOND * options.seconds() * 10;
        try (RemoteWorld world =
                new RemoteWorld().on(database).limits(CALLS_AT_ONCE).settled()) {
            List<String> toWarmUp = world.referrals(events / 6);
            List<String> ids = world.referrals(events);
            Arrivals arrivals = new Arrivals(world);
            world.away(away);
            try (Service service = new Service(world.bench)) {
                send(service, toWarmUp);
                arrivals.await(toWarmUp);
                Map<String, Long> sent = send(service, ids);
                arrivals.await(ids);
                report(results, database, away, arrivals.millisSince(sent, away));
            }
        }
    }

    private static void report(Results results, Databases database, Duration away, Samples millis) {
        String what = String.format(
                Locale.ROOT,
                "from event to referral at the NGO, %d ms away, %d events/s for %d s, %s",
                away.toMillis(),
                A_SECOND,
                millis.values().size() / A_SECOND,
                database.label());
        long goal = 2 * away.toMillis() + OVER_THE_CALLS;
        results.add(Result.alone("effect", what + ": 95th percentile", "ms", Samples.of(millis.percentile(0.95)))
                .goal("at most " + goal, measured -> measured <= goal));
        results.add(Result.alone("effect", "the same: median", "ms", Samples.of(millis.median())));
        results.add(Result.alone("effect", "the same: 99th percentile", "ms", Samples.of(millis.percentile(0.99))));
    }

    /** At their times, however long the answers take. @return when each was sent */
    private static Map<String, Long> send(Service service, List<String> ids) {
        Map<String, Long> sent = new HashMap<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long began = System.nanoTime();
        for (int i = 0; i < ids.size(); i++) {
            long at = began + i * TimeUnit.SECONDS.toNanos(1) / A_SECOND;
            while (at - System.nanoTime() > 0) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            sent.put(ids.get(i), System.nanoTime());
            var unused = client.sendAsync(service.event(ids.get(i)), HttpResponse.BodyHandlers.discarding());
        }
        return sent;
    }

    /** When each upsert came in, seen in the simulator itself. */
    private static final class Arrivals {
        private final Map<String, Long> at = new ConcurrentHashMap<>();
        private final Map<String, String> externalIds = new HashMap<>();

        Arrivals(RemoteWorld world) {
            world.bench
                    .primero
                    .cases()
                    .forEach(one -> externalIds.put(
                            one.path("id").asText(), one.path("case_id").asText()));
            world.bench.oscar.server().around((request, next) -> {
                if (request.method().equals("POST") && request.template().endsWith("/clients/upsert")) {
                    String externalId =
                            request.json().at("/organization/external_id").asText();
                    at.putIfAbsent(externalId, System.nanoTime());
                }
                return next.handle(request);
            });
        }

        void await(List<String> ids) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (!ids.stream().allMatch(id -> at.containsKey(externalIds.get(id)))) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException("not all referrals have arrived after two minutes");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }

        /** The simulators are late with their answers, not with what a call does: the upsert counts until its answer. */
        Samples millisSince(Map<String, Long> sent, Duration away) {
            return new Samples(sent.entrySet().stream()
                    .map(event -> (at.get(externalIds.get(event.getKey())) - event.getValue()) / 1e6 + away.toMillis())
                    .toList());
        }
    }
}
