package dev.tandem.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A ledger as a whole country fills it, in PostgreSQL: what it takes on the disk, and how long people and monitoring wait for what
 * they look at.
 */
final class LargeLedger implements Part {
    private static final int WARM_UP = 10;
    private static final int LOOKS = 30;
    private static final double MIB = 1024 * 1024;

    @Override
    public void measure(Options options, Results results) throws Exception {
        int cases = options.manyItems();
        String size = String.format(Locale.ROOT, "ledger of %,d cases", cases);
        try (RemoteWorld world = new RemoteWorld().on(Databases.POSTGRESQL)) {
            world.bench.adopt();
            world.bench.sync();
            try (Connection database = DriverManager.getConnection(
                    world.bench.setting("tandem.db.url"),
                    world.bench.setting("tandem.db.user"),
                    world.bench.setting("tandem.db.password"))) {
                fill(database, cases);
                disk(database, size, results);
            }
            try (Service service = new Service(world.bench)) {
                looks(Integer.parseInt(world.bench.setting("tandem.management.port")), size, results);
            }
        }
    }

    /**
     * One case in ten has been referred to an NGO and decided there, and has a client; half of those lines of the journal have not
     * been forgotten yet; 3,000 effects are parked for twelve reasons.
     */
    private static void fill(Connection database, int cases) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute("""
                    insert into work_item (flow, record, state, generation, token, fingerprint, failures, settled_at)
                    select 'primero-to-oscar', gen_random_uuid()::text, 'settled', 1, 1,
                      '4cbdf3c0:' || substr(sha256(n::text::bytea)::text, 3, 43), 0, now() from generate_series(1, %d) n
                    """.formatted(cases));
            statement.execute("""
                    insert into work_item (flow, record, state, generation, token, fingerprint, failures, settled_at)
                    select 'oscar-to-primero', 'cif/syn-' || n, 'settled', 1, 1,
                      '4cbdf3c0:' || substr(sha256(n::text::bytea)::text, 3, 43), 0, now() from generate_series(1, %d) n
                    """.formatted(cases / 10));
            statement.execute("""
                    insert into effect (flow, record, effect_key, kind, state, attempt, failures, lost_answers, possible_repeat,
                      repeatable, sweeps_waited, insisted, changed_at, sent_at, input_hash, version)
                    select i.flow, i.record, k || ':' || gen_random_uuid(), k, 'confirmed', 1, 0, 0, false, false, 0, false, now(),
                      now(), '4cbdf3c0:' || substr(sha256(i.id::text::bytea)::text, 3, 43), '3de7f295ddcd7ca1'
                      from work_item i cross join lateral unnest(case when i.flow = 'primero-to-oscar'
                        then array['referral', 'link'] else array['case', 'service', 'decision'] end) k
                     where i.flow = 'oscar-to-primero' or mod(i.id, 10) = 0
                    """);
            statement.execute("""
                    update effect set state = 'parked', parked_for = 'input', reason_code = 'http-4' || lpad((id %% 12)::text, 2, '0'),
                      reason = 'a synthetic reason of the usual length, as a system gives it'
                     where mod(id, %d) = 0
                    """.formatted(Math.max(1, cases / 10 * 5 / 3000)));
            statement.execute("""
                    insert into link (flow, record, twin, number, external_id, first_seen_at, existed_before, known_key, known_payload)
                    select 'oscar-to-primero', record, gen_random_uuid()::text, 'number-' || id, 'external-' || id, now(), false,
                      (select max(known_key) from link), decode(repeat('00', 300), 'hex') from work_item where record like 'cif/syn-%'
                    """);
            statement.execute("""
                    insert into journal (at, flow, record, effect_key, event, attempt, words, version)
                    select now() - random() * interval '90 days', flow, record, effect_key, e, 1, null, version
                      from effect cross join unnest(array['intended', 'confirmed']) e where mod(effect.id, 2) = 0
                    """);
            statement.execute("vacuum analyze");
        }
    }

    private static void disk(Connection database, String size, Results results) throws SQLException {
        try (var rows = database.createStatement().executeQuery("""
                        select relname, pg_total_relation_size(oid), reltuples from pg_class
                         where relkind = 'r' and relnamespace = 'public'::regnamespace order by 2 desc limit 4
                        """)) {
            while (rows.next()) {
                String what = String.format(
                        Locale.ROOT, "%s: table %s, %,.0f rows", size, rows.getString(1), rows.getDouble(3));
                results.add(Result.alone("large", what, "MB", Samples.of(rows.getLong(2) / MIB)));
            }
        }
    }

    private static void looks(int port, String size, Results results) throws Exception {
        Map<String, String> looks = new LinkedHashMap<>();
        looks.put("`status`", "/api/status");
        looks.put("metrics", "/observe/metrics");
        looks.put("health", "/observe/health");
        looks.put("Overview", "/console/");
        looks.put("Dead letters", "/console/dead-letters");
        looks.put("Record", "/console/record?id=cif/syn-77");
        looks.put("Journal", "/console/journal");
        looks.put("Journal of a record", "/console/journal?record=cif/syn-77");
        HttpClient browser = HttpClient.newHttpClient();
        for (Map.Entry<String, String> look : looks.entrySet()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + look.getValue()))
                    .build();
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < WARM_UP + LOOKS; i++) {
                long began = System.nanoTime();
                int status = browser.send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode();
                if (status >= 400 && status != 503) {
                    throw new IllegalStateException(look.getValue() + " answered " + status);
                }
                if (i >= WARM_UP) {
                    millis.add((System.nanoTime() - began) / 1e6);
                }
            }
            results.add(Result.alone("large", size + ": " + look.getKey(), "ms", new Samples(millis))
                    .goal(
                            "at most 100 ms; `status` 800 ms",
                            median -> median <= (look.getKey().equals("`status`") ? 800 : 100)));
        }
    }
}
