package dev.tandem.webhook;

import org.apache.camel.Exchange;

/** Ends a route with an answer that says in one line what was wrong: never what was sent. */
final class Refusal {
    private Refusal() {}

    static void answer(Exchange exchange, int status, String words) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        if (status == 401) {
            exchange.getMessage().setHeader("WWW-Authenticate", "Basic realm=\"tandem\", charset=\"UTF-8\"");
        }
        exchange.getMessage().setBody("{\"error\":\"" + words + "\"}");
        exchange.setRouteStop(true);
    }
}
