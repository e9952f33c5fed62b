package dev.tandem.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tandem.console.Chromium.Reader;
import dev.tandem.console.visit.Parts;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The console in a real browser: with an empty ledger, a healthy one, and on its worst day. {@code -Dconsole.shots=DIRECTORY}
 * looks at more, and keeps a picture of each page; {@code -Dtandem.docs.write} renews those that the docs show.
 */
class ConsoleIT {
    private static final List<String> PAGES = List.of(
            "/console/",
            "/console/dead-letters",
            "/console/dead-letters?reason=unmapped-code",
            "/console/record?id=cif%2Fexam-1012",
            "/console/compare",
            "/console/journal",
            "/console/configuration",
            "/console/act?do=retry-reason&reason=unmapped-code&back=%2Fconsole%2Fdead-letters",
            "/console/act?do=discard&id=2&back=%2Fconsole%2Fdead-letters");

    /** Where all pages go as pictures, to be looked at; by default none is taken. */
    private static final Optional<Path> SHOTS =
            Optional.ofNullable(System.getProperty("console.shots")).map(Path::of);

    /** Of these pages the docs have a picture. */
    private static final Map<String, String> IN_DOCS = Map.of(
            "worst--en-1280", "overview",
            "worst--km-1280", "overview-khmer",
            "worst-dead-letters-en-1280", "dead-letters",
            "worst-record-en-1280", "record",
            "healthy-compare-en-1280", "compare",
            "worst-configuration-en-1280", "configuration");

    @TempDir
    static Path directory;

    private static Chromium chromium;
    private static Stage empty;
    private static Stage healthy;
    private static Stage worst;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        empty = Stage.empty(Files.createDirectory(directory.resolve("empty")));
        healthy = Stage.healthy(Files.createDirectory(directory.resolve("healthy")));
        worst = Stage.worst(Files.createDirectory(directory.resolve("worst")));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable one : new AutoCloseable[] {chromium, worst, healthy, empty}) {
            if (one != null) {
                one.close();
            }
        }
    }

    /** No page breaks its security policy, throws, says a dialog, or asks for anything elsewhere. */
    @AfterEach
    void nothingWasWrong() {
        List<String> faults = List.copyOf(chromium.faults);
        chromium.faults.clear();
        assertThat(faults).isEmpty();
    }

    private static Page signedIn(Reader reader, String user) {
        Page page = chromium.open(reader);
        page.navigate(worst.url("/console/"));
        page.fill("input[name=user]", user);
        page.fill("input[name=password]", Stage.PASSWORD);
        page.click("form.narrow button");
        assertThat(page.url()).isEqualTo(worst.url("/console/"));
        return page;
    }

    private static Page signedIn(Reader reader) {
        return signedIn(reader, Stage.ADMIN);
    }

    @ParameterizedTest
    @CsvSource({"en, 1280", "km, 360"})
    void each_page_is_readable(String language, int width) {
        Reader reader = Reader.of(language, width);
        look(chromium.open(reader), empty, "empty", reader, List.of("/console/", "/console/dead-letters"));
        look(chromium.open(reader), healthy, "healthy", reader, List.of("/console/", "/console/compare"));
        look(signedIn(reader), worst, "worst", reader, PAGES);
    }

    @ParameterizedTest
    @CsvSource({"en, 360", "km, 1280"})
    @EnabledIfSystemProperty(
            named = "console.shots",
            matches = ".+",
            disabledReason = "-Dconsole.shots=DIRECTORY: a minute more")
    void so_is_it_at_the_other_widths(String language, int width) {
        each_page_is_readable(language, width);
    }

    @Test
    void each_page_is_readable_in_the_dark_at_twice_the_size_and_without_scripts() {
        List<String> pages = SHOTS.isPresent() ? PAGES : List.of("/console/", "/console/dead-letters");
        Reader dark = Reader.of("en", 1280).dark();
        look(signedIn(dark), worst, "dark", dark, pages);
        Reader large = Reader.of("km", 1280).zoomed(2);
        look(signedIn(large), worst, "zoomed", large, pages);
        Reader plain = Reader.of("km", 360).withoutScript();
        look(signedIn(plain), worst, "plain", plain, pages);
    }

    private static void look(Page page, Stage stage, String name, Reader reader, List<String> pages) {
        List<String> found = new ArrayList<>();
        for (String path : pages) {
            page.navigate(stage.url(path));
            String file = name
                    + path.replaceFirst("/console/", "-")
                            .replaceAll("[&?](back|id)=[^&]*", "")
                            .replaceAll("[^\\w-]+", "-")
                    + "-" + reader.language() + "-" + reader.width();
            SHOTS.ifPresent(directory -> page.screenshot(
                    new Page.ScreenshotOptions().setFullPage(true).setPath(directory.resolve(file + ".png"))));
            if (System.getProperty("tandem.docs.write") != null && IN_DOCS.containsKey(file)) {
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("docs/operate/console").resolve(IN_DOCS.get(file) + ".png")));
            }
            if (reader.script()) {
                int overflow = (int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                if (overflow > 0) {
                    found.add(file + " is " + overflow + " px too wide");
                }
                new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                                .forEach(rule -> found.add(file + ": " + rule.getId() + " "
                                        + rule.getNodes().get(0).getHtml()));
            }
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(reader.language());
            assertThat(page.locator("h1").count()).isEqualTo(1);
        }
        assertThat(found).isEmpty();
        page.context().close();
    }

    @Test
    void an_administrator_sees_what_is_wrong_and_gets_there_in_two_clicks() {
        Page page = signedIn(Reader.of("en", 1280));

        assertThat(page.locator("h1").innerText()).matches("\\d+ things need you");
        assertThat(page.locator(".needs article").first().innerText()).contains("A system refused the login");
        page.click("text=Open: Dead letters");
        page.click("#retry-reason-blank");
        assertThat(page.locator(".what").innerText()).contains("A required field is empty");
        assertThat(page.locator("button:has-text('Retry all of this reason')").isVisible())
                .isTrue();
    }

    @Test
    void acts_are_done_by_keyboard_and_are_in_the_journal_with_who_did_them() {
        Page page = signedIn(Reader.of("en", 1280));
        page.navigate(worst.url("/console/record?id=cif%2Fexam-1017"));
        reach(page, "Discard");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/console/act.*"));
        assertThat(page.locator("h1").innerText()).isEqualTo("Discard");
        page.locator("input[name=because]").focus();
        page.keyboard().type("entered by hand");
        reach(page, "Discard");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/console/record.*"));

        assertThat(page.locator(".notice").innerText()).contains("It was discarded.");
        assertThat(page.locator(".timeline").innerText())
                .contains("A person discarded it", "console, ministry from 127.0.0.1: entered by hand");
        page.navigate(worst.url("/console/journal?event=asked"));
        assertThat(page.locator("table").innerText()).contains("/discard", "console, ministry from 127.0.0.1");
    }

    /** By the tabulator only. */
    private static void reach(Page page, String name) {
        for (int times = 0; times < 120; times++) {
            page.keyboard().press("Tab");
            if (name.equals(page.evaluate("document.activeElement.textContent.trim()"))) {
                return;
            }
        }
        throw new AssertionError("no way to " + name + " by keyboard");
    }

    @Test
    void acts_work_without_scripts_in_khmer() {
        Page page = signedIn(Reader.of("km", 360).withoutScript());
        page.navigate(worst.url("/console/act?do=pause&flow=oscar-to-primero&back=%2Fconsole%2F"));
        assertThat(page.locator("h1").innerText()).contains("ផ្អាក (Pause)");
        page.click("main form button");
        assertThat(page.locator(".notice").innerText()).contains("OSCaR → Primero", "ផ្អាក");
        page.navigate(worst.url("/console/act?do=resume&flow=oscar-to-primero&back=%2Fconsole%2F"));
        page.click("main form button");
        assertThat(page.locator(".notice").innerText()).contains("បន្ត");
    }

    @Test
    void what_is_wrong_is_said_in_khmer() {
        Page page = signedIn(Reader.of("km", 1280));
        assertThat(page.locator(".needs article.urgent .details").innerText())
                .contains("OSCaR លែងត្រូវបានហៅ", "តាំងពី");
        assertThat(page.locator("main [lang=en]").count()).isZero();
        page.navigate(worst.url("/console/no-such-page"));
        assertThat(page.locator("main").innerText()).contains("គ្មានទំព័រ");
        assertThat(page.locator("main [lang=en]").count()).isZero();
    }

    @Test
    void who_may_only_look_sees_all_and_can_change_nothing() {
        Page page = signedIn(Reader.of("en", 1280), Stage.VIEWER);
        assertThat(page.locator("header").innerText()).contains("visitor (may look only)");
        page.navigate(worst.url("/console/dead-letters"));
        assertThat(page.locator("main article").count()).isGreaterThanOrEqualTo(12);
        assertThat(page.locator("main a[role=button]").count()).isZero();
        page.navigate(worst.url(PAGES.get(7)));
        assertThat(page.locator("h1").innerText()).isEqualTo("Not allowed");
    }

    @Test
    void the_language_is_switched_and_stays() {
        Page page = signedIn(Reader.of("en", 1280));
        page.navigate(worst.url("/console/dead-letters"));
        page.click("a[hreflang=km]");
        assertThat(page.locator("h1").innerText()).isEqualTo("ការងារជាប់គាំង");
        page.navigate(worst.url("/console/journal"));
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("km");
        page.click("a[hreflang=en]");
        assertThat(page.locator("h1").innerText()).isEqualTo("Journal");
    }

    @Test
    void markup_in_ids_and_reasons_is_text() {
        Page page = signedIn(Reader.of("en", 360));
        page.navigate(worst.url("/console/record?id=" + Parts.encoded(Stage.HOSTILE)));
        assertThat(page.locator("main").innerText())
                .contains("<script>alert(1)</script>", "<img src=x onerror=alert(1)>");
        assertThat(page.locator("main script, main img").count()).isZero();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                .isLessThanOrEqualTo(0);
    }

    @Test
    void a_comparison_is_begun_watched_and_its_result_shown() {
        Page page = chromium.open(Reader.of("en", 1280));
        page.navigate(healthy.url("/console/compare"));
        page.click("text=Compare now");
        page.click("main form button");
        page.locator("#compare-true").waitFor(new Locator.WaitForOptions().setTimeout(120_000));
        page.navigate(healthy.url("/console/compare"));
        assertThat(page.locator(".parity").innerText()).endsWith("%");
        page.context().close();
    }

    @Test
    void the_open_page_stays_fresh() {
        Page page = chromium.open(Reader.of("en", 1280));
        page.navigate(healthy.url("/console/"));
        Page other = chromium.open(Reader.of("en", 1280));
        other.navigate(healthy.url("/console/act?do=pause&flow=primero-to-oscar&back=%2Fconsole%2F"));
        other.click("main form button");
        page.locator("text=A flow is paused").waitFor();
        assertThat(page.locator("h1").innerText()).contains("One thing needs you");
        other.navigate(healthy.url("/console/act?do=resume&flow=primero-to-oscar&back=%2Fconsole%2F"));
        other.click("main form button");
        page.locator("text=Nothing waits for a person").waitFor();
    }

    @Test
    void an_edited_route_is_in_the_lane_of_its_flow() {
        Page page = chromium.open(Reader.of("en", 1280));
        Locator lane = page.locator("ol.lane").first();
        healthy.edit("routes/ask-oscar.camel.yaml", """
                - route:
                    id: ask-oscar
                    description: Ask for a sweep once a year
                    from:
                      uri: timer:ask-oscar?delay=31536000000
                      steps:
                        - to:
                            id: ask-for-yearly-sweep
                            uri: ledger:request-sweep?source=oscar
                """);
        await().pollInSameThread().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            page.navigate(healthy.url("/console/configuration"));
            assertThat(lane.locator("li").nth(1).innerText()).contains("ask-oscar", "sweep-oscar-by-schedule");
        });
        List<String> stages = lane.locator("li").allInnerTexts();
        assertThat(stages).hasSize(7);
        assertThat(stages.get(0)).isEqualTo("OSCaR");
        assertThat(stages.get(2)).contains("sweep-oscar-in-one-piece", "feed-oscar");
        assertThat(stages.get(3)).contains("Ledger", "Pending");
        assertThat(stages.get(4)).isEqualTo("deliver-oscar-to-primero");
        assertThat(stages.get(5)).contains("write-case", "call-primero").doesNotContain("look-at");
        assertThat(stages.get(6)).isEqualTo("Primero");
        assertThat(page.locator("main").textContent()).contains("ask-oscar Ask for a sweep once a year");
        page.context().close();
    }

    @Test
    void a_value_between_gaps_is_a_point_of_the_plot() {
        Page page = chromium.open(Reader.of("en", 1280));
        page.navigate(healthy.url("/console/"));
        page.evaluate("""
                () => {
                  const figure = document.querySelectorAll("figure.history")[1];
                  figure.querySelectorAll("tbody tr").forEach((row, at) =>
                    [...row.children].slice(1).forEach((cell) => { cell.dataset.value = at === 5 ? "60" : ""; }));
                  document.querySelectorAll(".plot").forEach((plot) => plot.replaceChildren());
                  window.dispatchEvent(new Event("resize"));
                }""");
        Locator plot = page.locator("figure.history").nth(1).locator("canvas");
        plot.waitFor();
        assertThat((int) plot.evaluate("""
                (canvas) => {
                  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                  const series = getComputedStyle(document.documentElement).getPropertyValue("--good").trim();
                  const parts = [1, 3, 5].map((from) => parseInt(series.slice(from, from + 2), 16));
                  let dots = 0;
                  for (let at = 0; at < data.length; at += 4) {
                    dots += parts.every((part, one) => data[at + one] === part) ? 1 : 0;
                  }
                  return dots;
                }"""))
                .as("dots in the colour of the series")
                .isBetween(10, 200);
        page.context().close();
    }

    @Test
    void the_door_is_shut_to_other_sites_and_their_forms() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        HttpResponse<String> asked = get(browser, worst.url("/console/journal"));
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("Location")).contains("/console/sign-in?back=%2Fconsole%2Fjournal");
        assertThat(asked.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self';");
        assertThat(get(browser, worst.url("/console/live")).statusCode()).isEqualTo(401);

        String right = "user=" + Stage.ADMIN + "&password=" + Stage.PASSWORD;
        assertThat(post(browser, "/console/sign-in", right, "Origin", "https://evil.example.org")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(browser, "/console/sign-in", "user=ministry&password=wrong")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> signedIn = post(browser, "/console/sign-in?back=https://evil.example.org", right);
        assertThat(signedIn.headers().firstValue("Location")).contains("/console/");
        assertThat(signedIn.headers().firstValue("Set-Cookie").orElse(""))
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict", "Path=/console");

        assertThat(post(browser, "/console/act", "do=pause&flow=oscar-to-primero")
                        .body())
                .contains("Not allowed");
        assertThat(post(browser, "/console/act", "do=pause&flow=oscar-to-primero&token=guessed")
                        .statusCode())
                .isEqualTo(403);
        String page = get(browser, worst.url("/console/")).body();
        assertThat(page).doesNotContain("<style", "style=", "javascript:", "onclick");
        Matcher seen = Pattern.compile("/console/live\\?seen=\\w+").matcher(page);
        assertThat(seen.find()).isTrue();
        assertThat(get(browser, worst.url(seen.group())).statusCode()).isIn(204, 200);
        Matcher asset = Pattern.compile("/console/assets/\\w+/console\\.css").matcher(page);
        assertThat(asset.find()).isTrue();
        assertThat(get(browser, worst.url(asset.group())).headers().firstValue("Cache-Control"))
                .contains("public, max-age=31536000, immutable");
        String csv =
                get(browser, worst.url("/console/journal.csv?event=parked")).body();
        assertThat(csv.lines().count()).isGreaterThan(3000);
        assertThat(csv).contains("<script>");
    }

    private static HttpResponse<String> get(HttpClient browser, String url) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Accept-Language", "en")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpClient browser, String path, String form, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(worst.url(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept-Language", "en")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
