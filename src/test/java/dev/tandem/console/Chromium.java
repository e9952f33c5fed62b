package dev.tandem.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The browser of this machine, and all that a page did in it which no page of ours may do. */
final class Chromium implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/bin/chromium");

    /** How somebody looks at the console. */
    record Reader(String language, int width, int height, ColorScheme colours, boolean script, double zoom) {
        static Reader of(String language, int width) {
            return new Reader(language, width, width < 600 ? 780 : 900, ColorScheme.LIGHT, true, 1);
        }

        Reader dark() {
            return new Reader(language, width, height, ColorScheme.DARK, script, zoom);
        }

        Reader withoutScript() {
            return new Reader(language, width, height, colours, false, zoom);
        }

        /** As a browser's zoom does it: the page has so much less room. */
        Reader zoomed(double times) {
            return new Reader(language, (int) (width / times), (int) (height / times), colours, script, times);
        }
    }

    private final Playwright playwright;
    private final Browser browser;
    final List<String> faults = new ArrayList<>();

    private Chromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(BINARY)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
    }

    /** Skips the tests of a developer who has no Chromium; CI has one. */
    static Chromium start() {
        if ("yes".equals(System.getenv("ALL_TEST_TOOLS"))) {
            Assertions.assertTrue(Files.isExecutable(BINARY), BINARY + " is to be there");
        }
        Assumptions.assumeTrue(Files.isExecutable(BINARY), "without " + BINARY + " the console is not looked at");
        return new Chromium();
    }

    Page open(Reader reader) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(reader.language())
                .setTimezoneId("Asia/Phnom_Penh")
                .setViewportSize(reader.width(), reader.height())
                .setDeviceScaleFactor(reader.zoom())
                .setColorScheme(reader.colours())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(reader.script()));
        context.setDefaultTimeout(30_000);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
                faults.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> faults.add(page.url() + ": " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith("http://127.0.0.1:")) {
                faults.add(page.url() + " asked for " + request.url());
            }
        });
        page.onDialog(dialog -> {
            faults.add(page.url() + " said " + dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
