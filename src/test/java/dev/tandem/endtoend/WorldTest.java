package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Call;
import dev.tandem.sandbox.http.CallLog;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.world.OscarWorld;
import dev.tandem.sandbox.world.SharedChildren;
import dev.tandem.sandbox.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two systems with 600 synthetic children between them (2,000 with {@code -Dtandem.story=long}), with every oddity that the contracts list, brought together by two
 * syncs; then everything is checked against the contract by code that shares nothing with the product.
 */
class WorldTest {
    private static final long SEED = 42;
    private static final boolean LONG = "long".equals(System.getProperty("tandem.story"));

    @TempDir
    Path directory;

    @Test
    void two_syncs_bring_all_children_together_and_a_third_has_nothing_to_do() {
        try (Bench bench = new Bench(directory)) {
            if (LONG) {
                fill(bench, 880, 780, 220);
            } else {
                fill(bench, 260, 230, 75);
            }
            together(bench);
        }
    }

    @Test
    void so_they_do_on_postgresql() {
        try (Bench bench = new Bench(directory)) {
            bench.onPostgresql();
            fill(bench, 130, 120, 55);
            together(bench);
        }
    }

    private static void fill(Bench bench, int cases, int clients, int shared) {
        World.seeded(SEED).populate(bench.primero, cases);
        OscarWorld.populate(bench.oscar, clients, SEED);
        SharedChildren.populate(bench.primero, bench.oscar, shared, SEED + 1);
    }

    private static void together(Bench bench) {
        Map<String, ObjectNode> before = EndState.casesOf(bench.primero);
        Set<String> linked = EndState.linked(bench.oscar);
        bench.adopt();
        bench.sync();
        Instant second = bench.primero.clock().now();
        bench.sync();

        assertThat(faults(bench, before, linked)).isEmpty();

        quiet(bench, changed(bench, second));
        quiet(bench, Set.of());
        assertThat(faults(bench, before, linked)).isEmpty();
    }

    /** The cases that are no more as Tandem last read them, or whose clients are not: it wrote to them since. */
    private static Set<String> changed(Bench bench, Instant since) {
        Set<String> changed = new HashSet<>();
        bench.primero.writesBy("tandem").stream()
                .filter(write -> !write.at().isBefore(since))
                .forEach(write -> changed.add(write.caseId()));
        Set<String> told = bench.oscar.checks().clients().stream()
                .filter(client -> client.linkWrites() + client.upserts() + client.statusWrites() > 0)
                .map(ClientFacts::externalId)
                .collect(Collectors.toSet());
        bench.primero.cases().stream()
                .filter(one -> told.contains(EndState.text(one, "case_id")))
                .forEach(one -> changed.add(EndState.text(one, "id")));
        return changed;
    }

    private static List<String> faults(Bench bench, Map<String, ObjectNode> before, Set<String> linked) {
        EndState state = new EndState(bench, before, linked);
        ReferralsCheck.of(state);
        CasesCheck.of(state);
        ServicesCheck.of(state);
        WritesCheck.of(state);
        return state.faults;
    }

    /** A full sync that sends nothing, and asks for single records only where something waits or has just been written. */
    private static void quiet(Bench bench, Set<String> changed) {
        bench.primero.calls().clear();
        bench.oscar.calls().clear();
        bench.syncInFull();
        assertThat(bench.oscar.calls().list(sends("/api/v1/admin_auth/sign_in")))
                .isEmpty();
        assertThat(bench.primero.calls().list(sends(""))).isEmpty();
        assertThat(bench.oscar.calls().counts().keySet())
                .isSubsetOf("POST /api/v1/admin_auth/sign_in", "GET /api/v1/organizations/clients");
        // What is parked for something elsewhere is looked at again too, by the ids of its client.
        Set<String> looked = new TreeSet<>();
        bench.ledger().all().stream()
                .filter(row -> row.state().equals("waiting") || row.state().equals("parked"))
                .forEach(row -> looked.add(row.record()));
        FeedRows.of(bench.oscar).stream()
                .filter(client -> looked.contains(EndState.record(client)))
                .forEach(client -> looked.addAll(
                        List.of(EndState.text(client, "external_id"), EndState.text(client, "global_id"))));
        bench.primero.cases().forEach(one -> {
            if (looked.contains(EndState.text(one, "case_id")) || looked.contains(EndState.text(one, "oscar_number"))) {
                looked.add(EndState.text(one, "id"));
            }
        });
        assertThat(asked(bench.primero.calls()))
                .as("cases asked for one by one")
                .allMatch(id -> looked.contains(id) || changed.contains(id));
    }

    private static Predicate<Call> sends(String butNot) {
        return call -> !call.method().equals("GET") && !call.template().equals(butNot);
    }

    private static List<String> asked(CallLog calls) {
        Stream<String> byId = calls.list(call -> call.template().contains(":id")).stream()
                .map(call -> call.ids().getOrDefault("id", ""));
        Stream<String> byKey = calls.list("GET", "/api/v2/cases").stream()
                .flatMap(call -> Stream.of("case_id", "oscar_number")
                        .flatMap(key -> call.query().getOrDefault(key, List.of()).stream()));
        return Stream.concat(byId, byKey).distinct().toList();
    }
}
