package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.command.Cli;
import dev.tandem.command.terminal.Surroundings;
import dev.tandem.console.Console;
import dev.tandem.operation.LocalOperations;
import dev.tandem.operation.Operations;
import dev.tandem.reader.ReaderTime;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing personal leaves the two systems but to each other: not into a log, a report, a metric, an error, nor readably into
 * the database. Whatever is planted in a story with every kind of failure must be found nowhere.
 */
class PrivacyTest {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";
    private static final String FEED = "/api/v1/organizations/clients";
    private static final String CASES = "/api/v2/cases";
    private static final String A_CASE = "/api/v2/cases/:id";

    @TempDir
    Path directory;

    private final List<String> planted = new ArrayList<>();
    private final Queue<String> posted = new ConcurrentLinkedQueue<>();
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private HttpServer chat;
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        chat.start();
        mail.start();
        String url = "http://127.0.0.1:" + chat.getAddress().getPort();
        EditedCopy routes = new EditedCopy(directory);
        routes.replace(routes.routes.resolve("notices.camel.yaml"), "period: 60000", "period: 300");
        bench = routes.of(new Bench(directory))
                .with("tandem.alert.parked", "0")
                .with("tandem.doctor.schedule", "0/3 * * * * ?")
                .with("tandem.notices.mail.to", "operator@example.org")
                .with("tandem.notices.mail.from", "tandem@example.org")
                .with("tandem.notices.smtp.host", "127.0.0.1")
                .with("tandem.notices.smtp.port", String.valueOf(mail.getSmtp().getPort()))
                .with("tandem.notices.smtp.security", "none")
                .with("tandem.system.chat.url", url)
                .with("tandem.notices.webhook.url", url)
                .with("tandem.notices.summary", "0/7 * * * * ?")
                .with("tandem.retry.attempts", "2")
                .with("tandem.http.port", String.valueOf(FreePort.any()))
                .with("tandem.management.port", String.valueOf(FreePort.any()));
    }

    @AfterEach
    void stop() {
        bench.close();
        chat.stop(0);
        mail.stop();
    }

    @Test
    void what_is_planted_on_both_sides_is_found_nowhere() throws Exception {
        String seen;
        try (Overheard overheard = new Overheard(Map.of(
                "", Level.INFO, "dev.tandem", Level.DEBUG, "org.apache.camel", Level.INFO, "org.h2", Level.INFO))) {
            seen = story() + commands() + metrics() + told() + overheard.all();
        }
        assertThat(List.of(
                        "422",
                        "complained of",
                        "sweep of oscar ended early",
                        "have shown nothing of",
                        "camel_exchanges",
                        "in step",
                        "newly parked",
                        "oscar.services"))
                .as("the story had its failures, and the metrics were read")
                .allMatch(seen::contains);
        assertThat(bench.oscar.checks().referrals())
                .as("the story brought the planted names across")
                .isNotEmpty();
        assertThat(bench.primero.cases())
                .anySatisfy(row -> assertThat(row.toString()).contains("Zqgivenb"));
        seen += tables();

        String everything = seen.toLowerCase(Locale.ROOT);
        assertThat(planted.stream().flatMap(text -> around(everything, text.toLowerCase(Locale.ROOT))))
                .isEmpty();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(planted).noneMatch(file.toString()::contains);
                byte[] bytes = Files.readAllBytes(file);
                for (String text : planted) {
                    for (Charset charset :
                            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                        assertThat(indexOf(bytes, text.getBytes(charset)))
                                .as("%s in %s, as %s", text, file.getFileName(), charset)
                                .isNegative();
                    }
                }
            }
        }
    }

    private String story() {
        StringBuilder reports = new StringBuilder();
        bench.oscar.admin("cif").addUser(plant("Zqworker"), plant("0987650001"));
        casesOfPrimero();
        List<String> slugs = clientsOfOscar();
        bench.adopt();
        bench.oscar.faults().next("GET", FEED, Fault.truncated());
        reports.append(bench.sync());
        bench.oscar.faults().next("GET", FEED, Fault.answer("page", Reply.html(500, plant("Zqfeedpage"))));
        reports.append(bench.sync());
        bench.oscar.faults().times(1, "POST", UPSERT, Fault.answer("refused", Reply.json(422, refusalOfOscar())));
        bench.oscar.faults().times(1, "POST", UPSERT, Fault.answer("broken", Reply.json(500, refusalOfOscar())));
        bench.oscar.faults().times(1, "POST", UPSERT, Fault.malformedJson());
        bench.primero.faults().times(1, "POST", CASES, Fault.answer("refused", Reply.json(422, refusalOfPrimero())));
        bench.primero.faults().times(1, "POST", CASES, Fault.answer("broken", Reply.html(500, plant("Zqpage"))));
        bench.primero
                .faults()
                .times(1, "GET", A_CASE, Fault.answer("odd", Reply.text(200, "text/plain", plant("Zqplain"))));
        bench.primero.faults().times(1, "GET", A_CASE, Fault.answer("json", Reply.json(200, refusalOfPrimero())));
        bench.primero.faults().times(1, "GET", A_CASE, Fault.truncated());
        reports.append(bench.sync());
        slugs.forEach(slug -> bench.oscar.worker("cif").editClient(slug, form -> form.mosvyNumber(plant("Zqmosvy"))));
        bench.primero.faults().times(2, "PATCH", A_CASE, Fault.answer("refused", Reply.json(422, refusalOfPrimero())));
        reports.append(bench.syncInFull());
        bench.oscar.faults().next("GET", FEED, Fault.answer("held twice", Reply.json(200, heldTwice())));
        reports.append(bench.syncInFull());
        reports.append(bench.syncInFull());
        reports.append(bench.syncInFull());
        reports.append(bench.sync()).append(bench.status());
        reports.append(printed("status")).append(printed("status", "--json")).append(printed("sync", "--json"));
        return reports.toString();
    }

    /** What is asked for by people who look after it: what differs, what is wrong, a backup, the first settings. */
    private String commands() throws IOException {
        StringBuilder reports = new StringBuilder();
        reports.append(
                printed("compare", "--csv", directory.resolve("compare.csv").toString()));
        reports.append(printed("compare", "--json")).append(printed("compare", "--ngo", "cif", "--verbose"));
        assertThat(directory.resolve("compare.csv")).isNotEmptyFile();
        reports.append(printed("doctor", "--verbose")).append(printed("doctor", "--json"));
        reports.append(printed("dead-letters", "list", "--json")).append(printed("plan"));
        reports.append(printed("backup", directory.resolve("ledger.backup").toString()));
        assertThat(directory.resolve("ledger.backup")).isNotEmptyFile();
        Path secret = Files.writeString(directory.resolve("synthetic-secret"), "synthetic-password");
        Path ofOscar = Files.writeString(directory.resolve("other-secret"), "secret");
        String setup = printedWith(
                directory.resolve("first.properties"),
                "setup",
                "--no-questions",
                "--set=tandem.primero.url=" + bench.primero.url(),
                "--set=tandem.primero.user=tandem",
                "--secret=tandem.primero.password=" + secret,
                "--set=tandem.oscar.url=" + bench.oscar.url(),
                "--set=tandem.oscar.user=sync@example.org",
                "--secret=tandem.oscar.password=" + ofOscar);
        assertThat(directory.resolve("first.properties")).as(setup).isNotEmptyFile();
        return reports.append(setup).toString();
    }

    /** By mail and webhook. */
    private String told() throws Exception {
        StringBuilder told = new StringBuilder(String.join("\n", posted));
        for (MimeMessage message : mail.getReceivedMessages()) {
            told.append(message.getSubject()).append('\n').append(message.getContent());
        }
        return told.toString();
    }

    private void casesOfPrimero() {
        newCase(Map.of(), Map.of());
        newCase(Map.of(), Map.of());
        newCase(Map.of(), Map.of());
        newCase(Map.of("sex", plant("Zqsex text")), Map.of());
        newCase(Map.of("location_current", plant("Zqvillage")), Map.of());
        newCase(Map.of("date_of_birth", plant("Zqbirth")), Map.of());
        newCase(Map.of("risk_level", plant("Zqrisk")), Map.of());
        newCase(Map.of("risk_level", ""), Map.of());
        newCase(Map.of("owned_by", plant("Zqowner Name")), Map.of());
        newCase(Map.of(), Map.of("service_subtype", List.of(plant("Zqsubtype free text"))));
        newCase(Map.of(), Map.of("service_type", plant("Zqservice typed")));
        newCase(Map.of(), Map.of("service_implementing_agency", plant("Zqagency free text")));
        newCase(
                Map.of(),
                Map.of(
                        "service_response_type", "referral_from_oscar",
                        "oscar_referring_organization", "agency-cif",
                        "referral_status_edf41f2", "accepted_340953",
                        "oscar_referral_id_a4ac8a5", plant("Zqnumber of nobody")));
        newCase(
                Map.of(),
                Map.of(
                        "service_response_type", "referral_from_oscar",
                        "oscar_referring_organization", plant("Zqorganisation free text"),
                        "referral_status_edf41f2", "rejected_936484",
                        "oscar_referral_id_a4ac8a5", "7"));
    }

    private void newCase(Map<String, Object> caseFields, Map<String, Object> rowFields) {
        ObjectNode child = Json.of(Children.of(plant("Zqgivenp"), plant("Zqfamilyp គំរូ")));
        child.put("owned_by_phone", plant("0987650002")).put("name_nickname", plant("Zqnick"));
        child.setAll(Json.of(caseFields));
        ObjectNode row = Json.of(Children.referral("counselling_trauma", "agency-cif"));
        row.put("service_referral_notes", plant("Zqrownote"));
        row.setAll(Json.of(rowFields));
        String rowId = UUID.randomUUID().toString();
        child.putArray("services_section").add(row.put("unique_id", rowId));
        String id = bench.primero.plant(child);
        bench.primero.worker().refer(id, rowId, "agency-cif-user", plant("Zqreferralnote"));
    }

    private List<String> clientsOfOscar() {
        List<String> slugs = new ArrayList<>();
        for (String place : List.of("19020105", "19020106", "99020105", "19020107")) {
            var ngo = bench.oscar.worker("cif");
            String slug = ngo.newClient(ClientForm.named(plant("Zqgivenb"), plant("Zqfamilyb"))
                    .localName(plant("ហ្សិកហ្សិក"), plant("គ្សគ្សគ្ស"))
                    .livesAt(place)
                    .reason(plant("Zqreason"))
                    .mosvyNumber(plant("Zqmosvynumber")));
            ngo.referToMinistry(
                    slug, new Outward(plant("Zqoutward reason"), "medium", List.of("Kinship care"), List.of()));
            slugs.add(slug);
        }
        bench.oscar
                .worker("cif")
                .newClient(ClientForm.named("Zqgivenb", "Zqfamilyb").externalId(plant("Zqlong ".repeat(100)), "x"));
        // The name of a service in an NGO's catalogue: the doctor says it, for the list that lacks it.
        bench.oscar
                .admin("cif")
                .addService("Care of an NGO's own", UUID.randomUUID().toString(), "Other");
        String typed = bench.oscar.worker("cif").newClient(ClientForm.named("Zqgivenb", "Zqfamilyb"));
        bench.oscar
                .worker("cif")
                .referToMinistry(typed, new Outward("Zqreason", "medium", List.of("Care of an NGO's own"), List.of()));
        bench.oscar
                .worker("cif")
                .newClient(ClientForm.named(plant("Zqgenderless"), "Zqfamilyb").gender(plant("Zqgender text")));
        bench.oscar
                .worker("cif")
                .newClient(ClientForm.named("Zqgivenb", "Zqfamilyb").born("2014-02-31"));
        return slugs;
    }

    /** The same children at a second NGO, under their number, and one where a name stands in the place of the NGO's. */
    private ObjectNode heldTwice() {
        ObjectNode feed = Json.object();
        ArrayNode rows = feed.putArray("data");
        for (JsonNode row : FeedRows.of(bench.oscar)) {
            rows.add(row);
            rows.add(((ObjectNode) row.deepCopy()).put("organization_name", "holt"));
        }
        rows.add(((ObjectNode) rows.get(0).deepCopy()).put("organization_name", plant("Zqholder Free Text")));
        return feed;
    }

    private ObjectNode refusalOfOscar() {
        ObjectNode refusal = Json.object().put("external_id", "x");
        refusal.putObject("message").putArray("level_of_risk").add("can't be " + plant("Zqoscarmessage"));
        refusal.put("error", plant("Zqoscarerror"));
        return refusal;
    }

    private ObjectNode refusalOfPrimero() {
        ObjectNode refusal = Json.object();
        refusal.putArray("errors")
                .addObject()
                .put("status", 422)
                .put("message", plant("Zqprimeromessage"))
                .put("detail", plant("Zqprimerodetail: is not a name"));
        return refusal;
    }

    private String plant(String text) {
        if (!planted.contains(text)) {
            planted.add(text);
        }
        return text;
    }

    private String printed(String... command) {
        return printedWith(bench.settingsFile(), command);
    }

    private static String printedWith(Path settings, String... command) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        Surroundings surroundings = new Surroundings(
                Map.of(),
                Path.of(""),
                writer,
                writer,
                () -> "",
                false,
                signal -> {},
                told -> {},
                ReaderTime.here(),
                () -> {});
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--settings");
        arguments.add(settings.toString());
        new Cli(loaded -> LocalOperations.open(loaded, new Console()), surroundings)
                .execute(arguments.toArray(String[]::new));
        return text.toString();
    }

    private String metrics() throws Exception {
        try (Operations operations = bench.open()) {
            CompletableFuture<Integer> run = CompletableFuture.supplyAsync(operations::run);
            HttpClient client = HttpClient.newHttpClient();
            String management = "http://127.0.0.1:" + bench.setting("tandem.management.port") + "/observe/";
            try {
                await().ignoreExceptions()
                        .until(() -> get(client, management + "health").contains("UP"));
                String compared = compared(client);
                await().until(() -> posted.stream().anyMatch(text -> text.contains("parked"))
                        && posted.stream().anyMatch(text -> text.contains("summary"))
                        && mail.getReceivedMessages().length > 1);
                await().until(() -> get(client, management + "health/degraded").contains("\"drift\""));
                return compared
                        + get(client, management.replace("observe", "api") + "status")
                        + get(client, management + "health/degraded")
                        + get(client, management + "metrics")
                        + get(client, management + "health")
                        + console(client);
            } finally {
                operations.stop();
                run.get();
            }
        }
    }

    /** By the running service, so that the console shows it. */
    private String compared(HttpClient client) throws Exception {
        String api = "http://127.0.0.1:" + bench.setting("tandem.management.port") + "/api/compare";
        HttpRequest begin = HttpRequest.newBuilder(URI.create(api))
                .header("Content-Type", "application/json")
                .header("X-Tandem", "1")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        String begun = client.send(begin, HttpResponse.BodyHandlers.ofString()).body();
        await().until(() -> get(client, api).contains("\"done\""));
        return begun + get(client, api) + get(client, api + "/last") + get(client, api + "/history");
    }

    /** Every page, fragment and export of the console, with the story of each record that its journal names. */
    private String console(HttpClient client) throws Exception {
        String console = "http://127.0.0.1:" + bench.setting("tandem.management.port") + "/console/";
        // The port answers for health a moment before it does for the console.
        await().until(() -> get(client, console).contains("<html"));
        StringBuilder pages = new StringBuilder();
        for (String page : List.of(
                "",
                "live",
                "?span=hour",
                "dead-letters",
                "dead-letters?state=waiting",
                "dead-letters?state=discarded",
                "dead-letters?state=baseline",
                "compare",
                "compare/live",
                "journal",
                "configuration")) {
            pages.append(get(client, console + page));
        }
        String csv = get(client, console + "journal.csv");
        assertThat(csv).startsWith("\uFEFFat,flow,record");
        List<String> records =
                csv.lines().skip(1).map(line -> line.split(",")[2]).distinct().toList();
        assertThat(records).hasSizeGreaterThan(5);
        for (String record : records) {
            pages.append(get(client, console + "record?id=" + URLEncoder.encode(record, StandardCharsets.UTF_8)));
        }
        assertThat(pages).contains("What happened", "Dead letters");
        return pages + csv;
    }

    private static String get(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** All tables with all their columns; what is encrypted as the database prints bytes. */
    private String tables() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (var connection = bench.beside();
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet tables = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'PUBLIC'")) {
                while (tables.next()) {
                    names.add(tables.getString(1));
                }
            }
            for (String name : names) {
                try (ResultSet rows = statement.executeQuery("select * from \"" + name + "\"")) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            text.append(rows.getString(i)).append('|');
                        }
                        text.append('\n');
                    }
                }
            }
        }
        assertThat(text.toString()).contains("parked", "referral:", "cif/");
        return text.toString();
    }

    private static Stream<String> around(String everything, String text) {
        int at = everything.indexOf(text);
        return at < 0
                ? Stream.empty()
                : Stream.of(text + ": ..."
                        + everything.substring(Math.max(0, at - 200), Math.min(everything.length(), at + 100)));
    }

    private static int indexOf(byte[] in, byte[] what) {
        outer:
        for (int i = 0; i <= in.length - what.length; i++) {
            for (int j = 0; j < what.length; j++) {
                if (in[i + j] != what[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}
