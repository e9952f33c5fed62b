package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.SimClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Outbound webhooks (contract primero-v2 §5): one attempt each, with the state at the time of delivery. They wait in a
 * queue until {@link #deliver} or the background worker, and can be told to get lost, come twice, or change order.
 */
public final class Webhooks implements AutoCloseable {
    private record Job(Webhook hook, String caseId) {}

    private record Log(long number, String status, String at) {}

    private record BadLine(Random random, double lost, double doubled) {
        int times() {
            return random.nextDouble() < lost ? 0 : random.nextDouble() < doubled ? 2 : 1;
        }

        boolean late() {
            return random.nextInt(3) == 0;
        }
    }

    private static final Set<String> CORE = Set.of(
            "status", "record_state", "case_status_reopened", "created_at", "owned_by", "module_id", "family_id");

    private final List<Webhook> hooks = new CopyOnWriteArrayList<>();
    private final Deque<Job> queue = new ArrayDeque<>();
    /** Of each case the newest log of each URL, which is all that its sync status is read from. */
    private final Map<String, Map<String, Log>> logs = new ConcurrentHashMap<>();

    private final CaseStore store;
    private final CaseView view;
    private final SimClock clock;
    private final Version version;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();
    private ScheduledExecutorService worker;
    private boolean enabled = true;
    private Optional<Random> shuffle = Optional.empty();
    private Optional<BadLine> line = Optional.empty();
    private int toLose;
    private int toDouble;
    private long sent;
    private long logged;

    Webhooks(CaseStore store, CaseView view, SimClock clock, Version version) {
        this.version = version;
        this.store = store;
        this.view = view;
        this.clock = clock;
    }

    /**
     * Registers a receiver as by the console.
     *
     * @throws IllegalStateException if another one has that URL
     */
    public void register(Webhook hook) {
        if (hooks.stream().anyMatch(other -> other.url().equals(hook.url()))) {
            throw new IllegalStateException("url taken");
        }
        hooks.add(hook);
    }

    public void unregister(String id) {
        hooks.removeIf(hook -> hook.id().equals(id));
    }

    public List<Webhook> registered() {
        return List.copyOf(hooks);
    }

    /** The module's {@code use_webhooks_for}; on unless switched off. */
    public synchronized void enabled(boolean on) {
        enabled = on;
    }

    /** The next so many deliveries are not made, and nobody hears of it. */
    public synchronized void loseNext(int deliveries) {
        toLose = deliveries;
    }

    /** The next so many deliveries are made twice. */
    public synchronized void doubleNext(int deliveries) {
        toDouble = deliveries;
    }

    /** Several workers: what is queued goes out in any order, by seed. */
    public synchronized void reorder(long seed) {
        shuffle = Optional.of(new Random(seed));
    }

    /**
     * A bad line, by seed: deliveries get lost, come twice, come in any order, and a third of them stays behind until a later
     * {@link #deliver}.
     *
     * @param lost the share that is lost, 0 to 1; {@code doubled} likewise
     */
    public synchronized void unreliable(long seed, double lost, double doubled) {
        reorder(seed);
        line = Optional.of(new BadLine(new Random(seed), lost, doubled));
    }

    synchronized void enqueue(String event, String caseId) {
        if (!enabled) {
            return;
        }
        for (Webhook hook : hooks) {
            if (hook.event().equals(event)) {
                queue.add(new Job(hook, caseId));
                log(caseId, hook.url(), "sending");
            }
        }
    }

    public synchronized int pending() {
        return queue.size();
    }

    /** Requests that went out, the failed ones too. */
    public synchronized long sent() {
        return sent;
    }

    /** Delivers what is queued now, one after another. @return how many requests were made */
    public int deliver() {
        List<Job> jobs = take();
        int made = 0;
        for (Job job : jobs) {
            if (post(job)) {
                made++;
            }
        }
        return made;
    }

    private synchronized List<Job> take() {
        List<Job> jobs = new ArrayList<>(queue);
        queue.clear();
        shuffle.ifPresent(random -> Collections.shuffle(jobs, random));
        List<Job> going = new ArrayList<>();
        for (Job job : jobs) {
            if (toLose > 0) {
                toLose--;
                continue;
            }
            if (line.isPresent() && jobs.size() > 1 && line.get().late()) {
                queue.add(job);
                continue;
            }
            int times = line.map(BadLine::times).orElse(1);
            for (int i = 0; i < times; i++) {
                going.add(job);
            }
            if (toDouble > 0) {
                toDouble--;
                going.add(job);
            }
        }
        return going;
    }

    /** Delivers by itself; Primero's worker looks every 5 seconds. */
    public synchronized void startWorker(Duration every) {
        if (worker == null) {
            worker = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "sandbox-webhooks");
                thread.setDaemon(true);
                return thread;
            });
            var unused = worker.scheduleWithFixedDelay(
                    this::deliver, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void close() {
        if (worker != null) {
            worker.shutdownNow();
        }
    }

    private boolean post(Job job) {
        Optional<Stored> row = store.find(job.caseId());
        if (row.isEmpty()) {
            return false;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(job.hook().url()))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("cache-control", "no-cache")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body(row.get(), job.hook()))));
        job.hook().apiKey().ifPresent(secret -> request.header("x-api-key", secret));
        job.hook()
                .basic()
                .ifPresent(secret -> request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(upToSecondColon(secret).getBytes(StandardCharsets.UTF_8))));
        synchronized (this) {
            sent++;
        }
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            log(job.caseId(), job.hook().url(), status >= 400 ? "failed" : "sent");
        } catch (IOException rescued) {
            // Network errors are logged there and leave the log at "sending" (§5.4).
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** The secret is split at each colon and its first two parts are sent (contract primero-v2 §11). */
    private static String upToSecondColon(String secret) {
        String[] parts = secret.split(":", 3);
        return parts.length < 3 ? secret : parts[0] + ":" + parts[1];
    }

    /** Fields that the webhook's role reads, and the core keys; no id, no referrals; up to 2.14 four more (§5.3, §11). */
    private ObjectNode body(Stored row, Webhook hook) {
        ObjectNode data = row.data();
        ObjectNode out = Json.object()
                .put("record_id", row.id())
                .put("record_type", "case")
                .put("hostname", "primero.example.org");
        data.properties().forEach(entry -> {
            String name = entry.getKey();
            if (CORE.contains(name) || view.isOnReadableForm(name, hook.role())) {
                out.set(name, entry.getValue());
            }
        });
        if (!version.atLeast(Version.V2_15)) {
            out.set("workflow", data.path("workflow"));
            out.set("last_updated_by", data.path("last_updated_by"));
            out.put("record_in_scope", true).put("alert_count", 0);
        }
        out.put("last_updated_at", Times.text(row.lastUpdatedAt()));
        ObjectNode body = Json.object();
        body.set("data", out);
        return body;
    }

    /** The receiver's acknowledgement (§5.5). Without a URL it is logged, and shown nowhere. */
    void acknowledge(String caseId, String url, String status) {
        if (!url.isEmpty()) {
            log(caseId, url, status);
        }
    }

    private synchronized void log(String caseId, String url, String status) {
        logs.computeIfAbsent(caseId, id -> new ConcurrentHashMap<>())
                .put(url, new Log(++logged, status, Times.text(clock.now())));
    }

    /** What Primero's case worker sees: of the newest logs of all URLs the newest. */
    public Optional<String> syncStatus(String caseId) {
        return newest(caseId, log -> true).map(Log::status);
    }

    /** Of the newest logs of all URLs the newest that says synced: the next log of its own URL hides it (contract §11). */
    public Optional<String> syncedAt(String caseId) {
        return newest(caseId, log -> log.status().equals("synced")).map(Log::at);
    }

    private Optional<Log> newest(String caseId, Predicate<Log> which) {
        return logs.getOrDefault(caseId, Map.of()).values().stream()
                .filter(which)
                .max(Comparator.comparingLong(Log::number));
    }
}
