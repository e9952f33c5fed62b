package dev.tandem.sandbox.oscar;

import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.Locale;

/** What Rails shows when something was raised or no route matches (contract oscar-interop §7). */
final class ErrorPages {
    private static final String PLAIN = "500 Internal Server Error\nIf you are the administrator of this website, then"
            + " please read this web application's log file and/or the web server's log file to find out what went"
            + " wrong.";
    private static final String PAGE = """
            <!DOCTYPE html>
            <html>
            <head><title>%s (%d)</title></head>
            <body><div class="dialog"><h1>%s</h1></div></body>
            </html>
            """;

    private ErrorPages() {}

    static Reply raised(Request request) {
        return page(request, 500, "We're sorry, but something went wrong");
    }

    static Reply noRoute(Request request) {
        return page(request, 404, "The page you were looking for doesn't exist");
    }

    /** There is no page in JSON, so whoever wants JSON gets the fail-safe text and 500, whatever it was. */
    private static Reply page(Request request, int status, String title) {
        boolean wantsJson =
                request.header("Accept").orElse("").toLowerCase(Locale.ROOT).contains("application/json");
        return wantsJson
                ? Reply.text(500, "text/plain", PLAIN)
                : Reply.html(status, PAGE.formatted(title, status, title));
    }
}
