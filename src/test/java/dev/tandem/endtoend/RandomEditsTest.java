package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.operation.report.StatusReport;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Edits good and bad, one after another, while referrals are made, events come and sweeps run without a pause. Two hundred of
 * them: {@code -Dtandem.edits=200}, with {@code -Dtandem.edits.seed=N} for others.
 */
class RandomEditsTest {
    private static final int EDITS = Integer.getInteger("tandem.edits", 9);
    private static final long SEED = Long.getLong("tandem.edits.seed", 1);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofMinutes(2);

    private enum Kind {
        GOOD_ROUTE,
        GOOD_MAPPING,
        GOOD_ERROR_HANDLING,
        TWO_AT_ONCE,
        MISSPELT,
        LEADS_NOWHERE,
        BROKEN_MAPPING,
        HALF_WRITTEN,
        DELETED
    }

    private final Random random = new Random(SEED);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> made = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    @TempDir
    Path directory;

    private EditedCopy edited;
    private Bench bench;

    @Test
    void whatever_is_edited_no_event_is_refused_no_sweep_missed_and_no_referral_lost_or_doubled() {
        edited = new EditedCopy(directory);
        bench = edited.of(ListeningService.prepared(new Bench(directory)))
                .with("tandem.primero.schedule", "* * * * * ?")
                .with("tandem.oscar.schedule", "* * * * * ?");
        bench.oscar.worker("gpc").newClient(ClientForm.named("Somebody", "Else"));
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        bench.adopt();
        try {
            try (ListeningService service = ListeningService.of(bench)) {
                CompletableFuture<Void> load = CompletableFuture.runAsync(() -> referWithoutAPause(service));
                for (int i = 0; i < EDITS; i++) {
                    edit(service, Kind.values()[i % Kind.values().length]);
                    sweepsGoOn(service);
                }
                enough.set(true);
                load.join();
                await().atMost(SOON).until(() -> status(service).flows().stream()
                        .allMatch(flow -> flow.pending() + flow.leased() + flow.parked() == 0));
            }
            assertThat(answers).as("every event was taken").containsOnlyKeys(202);
            Map<String, Integer> arrived = new HashMap<>();
            bench.oscar
                    .checks()
                    .referrals("cif")
                    .forEach(referral -> arrived.merge(referral.externalId(), 1, Integer::sum));
            assertThat(made).isNotEmpty();
            assertThat(arrived).as("each referral, once").isEqualTo(made);
        } finally {
            bench.close();
        }
    }

    private void edit(ListeningService service, Kind kind) {
        Path route = any("routes", ".camel.yaml", file -> !file.startsWith("errors"));
        String good = edited.read(route);
        switch (kind) {
            case GOOD_ROUTE -> comesIntoForce(service, () -> edited.write(route, comment() + good));
            case GOOD_MAPPING -> comesIntoForce(service, this::editAMapping);
            case GOOD_ERROR_HANDLING -> {
                Path errors = edited.routes.resolve("errors.camel.yaml");
                comesIntoForce(service, () -> edited.write(errors, comment() + edited.read(errors)));
            }
            case TWO_AT_ONCE ->
                comesIntoForce(service, () -> {
                    edited.write(route, comment() + good);
                    editAMapping();
                });
            case MISSPELT ->
                isTurnedAway(
                        service, name(route) + ":", () -> edited.write(route, good.replaceFirst("steps:", "stepps:")));
            case LEADS_NOWHERE -> {
                Path deliver = edited.routes.resolve("deliver-primero-to-oscar.camel.yaml");
                String text = edited.read(deliver);
                isTurnedAway(
                        service,
                        name(deliver) + ":",
                        () -> edited.write(deliver, text.replace("direct:referral-to-oscar", "direct:nowhere")));
                edited.write(deliver, text);
            }
            case BROKEN_MAPPING -> {
                Path mapping = any("mappings/primero-to-oscar", ".jslt", file -> true);
                String text = edited.read(mapping);
                isTurnedAway(
                        service,
                        "primero-to-oscar/" + name(mapping) + ":",
                        () -> edited.write(mapping, text + "\n} {"));
                edited.write(mapping, text);
            }
            case HALF_WRITTEN -> {
                edited.write(route, good.substring(0, random.nextInt(good.length())));
                comesIntoForce(service, () -> edited.write(route, comment() + good));
            }
            case DELETED -> {
                isTurnedAway(service, "", () -> EditedCopy.delete(edited.routes.resolve("call-oscar.camel.yaml")));
                edited.write(edited.routes.resolve("call-oscar.camel.yaml"), shipped("call-oscar.camel.yaml"));
            }
        }
        if (kind == Kind.MISSPELT) {
            edited.write(route, good);
        }
        await().atMost(SOON)
                .until(() -> status(service).configuration().turnedAway().isEmpty());
    }

    private void editAMapping() {
        Path mapping = any("mappings/primero-to-oscar", ".jslt", file -> true);
        edited.write(mapping, "// " + random.nextInt() + "\n" + edited.read(mapping));
    }

    private void comesIntoForce(ListeningService service, Runnable edit) {
        Optional<String> before = status(service).configuration().version();
        edit.run();
        await().atMost(SOON)
                .until(() -> !status(service).configuration().version().equals(before)
                        && status(service).configuration().turnedAway().isEmpty());
    }

    private void isTurnedAway(ListeningService service, String named, Runnable edit) {
        Optional<String> before = status(service).configuration().version();
        edit.run();
        await().atMost(SOON)
                .until(() -> status(service).configuration().turnedAway().isPresent());
        assertThat(status(service).configuration().turnedAway().orElseThrow().faults())
                .as("the fault is named with its file")
                .anyMatch(fault -> fault.contains(named));
        assertThat(status(service).configuration().version())
                .as("what is in force")
                .isEqualTo(before);
    }

    /** Each source is swept again, though its schedule may have fired while its route was swapped. */
    private static void sweepsGoOn(ListeningService service) {
        Map<String, Instant> before = sweeps(service);
        await().atMost(SOON).until(() -> sweeps(service).entrySet().stream()
                .allMatch(sweep -> sweep.getValue().isAfter(before.getOrDefault(sweep.getKey(), Instant.MIN))));
    }

    private static Map<String, Instant> sweeps(ListeningService service) {
        Map<String, Instant> sweeps = new HashMap<>();
        status(service)
                .cursors()
                .forEach(cursor ->
                        sweeps.put(cursor.source(), cursor.lastIncremental().orElse(Instant.MIN)));
        return sweeps;
    }

    private void referWithoutAPause(ListeningService service) {
        var worker = bench.primero.worker();
        while (!enough.get()) {
            String id = worker.newCase(Children.of("Dara", "Example"));
            String row = worker.addService(id, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(id, row, "agency-cif-user", "Example note");
            LockSupport.parkNanos(PACE.toNanos());
            made.put(bench.primero.caseById(id).orElseThrow().path("case_id").asText(), 1);
            try {
                int status = client.send(service.event(id), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                answers.merge(status, 1, Integer::sum);
            } catch (IOException e) {
                answers.merge(0, 1, Integer::sum);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Path any(String folder, String ending, Predicate<String> which) {
        try (var files = Files.list(directory.resolve(folder))) {
            List<Path> all = new ArrayList<>(files.filter(file -> name(file).endsWith(ending))
                    .filter(file -> !name(file).startsWith("."))
                    .filter(file -> which.test(name(file)))
                    .sorted()
                    .toList());
            return all.get(random.nextInt(all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String comment() {
        return "# " + random.nextInt() + "\n";
    }

    private String shipped(String route) {
        return edited.read(Path.of("routes", route));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static StatusReport status(ListeningService service) {
        return service.operations.status();
    }
}
