package dev.tandem.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.endtoend.Bench;
import dev.tandem.endtoend.Children;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Both systems with synthetic children in them, and settings for a Tandem between them. */
final class RemoteWorld implements AutoCloseable {
    static final String NGO = "cif";

    final Bench bench;
    private final Path directory;

    RemoteWorld() throws IOException {
        directory = Files.createTempDirectory("bench-world");
        bench = new Bench(directory).with("tandem.db.fsync", "true");
        // A feed without anybody proves nothing, and nothing would be sent.
        bench.oscar.worker(NGO).newClient(ClientForm.named("Somebody", "Else"));
    }

    /** So many calls at once to each system, and so many records in work as keep them busy. */
    RemoteWorld limits(int callsAtOnce) {
        bench.with("tandem.primero.max-calls", String.valueOf(callsAtOnce))
                .with("tandem.oscar.max-calls", String.valueOf(callsAtOnce))
                .with("tandem.workers", String.valueOf(recordsAtOnce(callsAtOnce)));
        return this;
    }

    /** With the ledger in a fresh database of this kind, which has each commit on the disk before it counts. */
    RemoteWorld on(Databases database) throws Exception {
        if (database == Databases.POSTGRESQL) {
            bench.with("tandem.db.url", database.freshUrl())
                    .with("tandem.db.user", database.user())
                    .with("tandem.db.password", "postgres")
                    .with("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]));
        }
        bench.with("tandem.db.fsync", "true");
        return this;
    }

    static int recordsAtOnce(int callsAtOnce) {
        return Math.max(8, 2 * callsAtOnce);
    }

    /** Cases with one referral to the NGO each. @return their ids */
    List<String> referrals(int count) {
        List<String> ids = new ArrayList<>();
        var worker = bench.primero.worker();
        for (int i = 0; i < count; i++) {
            String id = worker.newCase(Children.of("Child" + i, "Example"));
            String row = worker.addService(id, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(id, row, "agency-cif-user", "Example note");
            ids.add(id);
        }
        return ids;
    }

    /** Cases that owe nothing. */
    RemoteWorld cases(int count) {
        var worker = bench.primero.worker();
        for (int i = 0; i < count; i++) {
            worker.newCase(Json.of(Children.of("Child" + i, "Example")));
        }
        return this;
    }

    /** Clients, each with its case, that are in step. */
    RemoteWorld pairs(int count) {
        NgoWorker ngo = bench.oscar.worker(NGO);
        for (int i = 0; i < count; i++) {
            ObjectNode data = Json.of(Children.of("Child" + i, "Example"));
            String id = new UUID(i, i).toString();
            String slug = ngo.newClient(ClientForm.named("Child" + i, "Example").externalId(id, id.substring(29)));
            var client = bench.oscar.checks().client(NGO, slug);
            bench.primero.plant(data.put("id", id)
                    .put("case_id", id)
                    .put("case_id_display", id.substring(29))
                    .put("oscar_number", client.globalId())
                    .put("oscar_short_id", slug)
                    .put("oscar_status", client.status()));
        }
        return this;
    }

    /** From now on each call takes that much longer. */
    RemoteWorld away(Duration latency) {
        if (!latency.isZero()) {
            bench.primero.faults().every("*", "*", Fault.latency(latency));
            bench.oscar.faults().every("*", "*", Fault.latency(latency));
        }
        return this;
    }

    /** Makes a ledger and brings to rest what is there, so that only what comes later is measured. */
    RemoteWorld settled() {
        // Of a system without any case Tandem does not believe that it has none.
        cases(1);
        bench.adopt();
        TandemRun.of(bench, false);
        return this;
    }

    /** Calls that were about one of these cases, or brought a referral to OSCaR. */
    long callsAbout(Collection<String> caseIds) {
        Set<String> ids = Set.copyOf(caseIds);
        return bench.primero
                        .calls()
                        .list(call -> ids.contains(call.ids().getOrDefault("id", "")))
                        .size()
                + bench.oscar.calls().count("POST", "/api/v1/organizations/clients/upsert");
    }

    long calls() {
        return bench.primero.calls().total() + bench.oscar.calls().total();
    }

    /** The pages of cases that were asked for, as they were asked for. */
    List<String> pagesAsked() {
        return bench.primero.calls().list("GET", "/api/v2/cases").stream()
                .map(call -> {
                    StringBuilder query = new StringBuilder();
                    call.query().forEach((name, values) -> query.append(query.isEmpty() ? "" : "&")
                            .append(name)
                            .append('=')
                            .append(values.get(0)));
                    return query.toString();
                })
                .toList();
    }

    int referralsArrived() {
        return bench.oscar.checks().referrals(NGO).size();
    }

    @Override
    public void close() {
        bench.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + directory);
        }
    }
}
