package dev.tandem.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tandem.console.Chromium.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser: every page in both languages, wide and narrow, with an empty ledger, a healthy one, and on its worst day. */
class ConsoleIT {
    private static final List<String> PAGES = List.of(
            "/console/",
            "/console/dead-letters",
            "/console/dead-letters?reason=unmapped-code",
            "/console/record?id=cif%2Fexam-1012",
            "/console/journal",
            "/console/configuration",
            "/console/act?do=retry-reason&reason=unmapped-code&back=%2Fconsole%2Fdead-letters");

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
    static void stop() {
        for (AutoCloseable one : new AutoCloseable[] {chromium, worst, healthy, empty}) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Page signedIn(Reader reader) {
        Page page = chromium.open(reader);
        page.navigate(worst.url("/console/"));
        page.fill("input[name=user]", Stage.ADMIN);
        page.fill("input[name=password]", Stage.PASSWORD);
        page.click("form.narrow button");
        assertThat(page.url()).isEqualTo(worst.url("/console/"));
        return page;
    }

    @Test
    void shots() {
        for (String language : List.of("en", "km")) {
            for (int width : List.of(1280, 360)) {
                Reader reader = Reader.of(language, width);
                shoot(chromium.open(reader), empty, "empty", reader, List.of(PAGES.get(0), PAGES.get(1)));
                shoot(
                        chromium.open(reader),
                        healthy,
                        "healthy",
                        reader,
                        List.of(PAGES.get(0), "/console/journal", "/console/record"));
                shoot(signedIn(reader), worst, "worst", reader, PAGES);
            }
        }
        assertThat(chromium.faults).isEmpty();
    }

    private static void shoot(Page page, Stage stage, String name, Reader reader, List<String> pages) {
        for (String path : pages) {
            page.navigate(stage.url(path));
            String file = name + path.replaceAll("\\?.*=(\\w).*", "-$1").replaceAll("[^\\w-]+", "-") + "-"
                    + reader.language() + "-" + reader.width();
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(System.getProperty("console.shots", "target/console"), file + ".png")));
            int overflow = (int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
            assertThat(overflow).as(file).isLessThanOrEqualTo(0);
        }
        page.context().close();
    }
}
