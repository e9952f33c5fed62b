package dev.tandem.sandbox.http;

/** Answers a request. What it throws becomes the server's 500. */
@FunctionalInterface
public interface Handler {
    Reply handle(Request request);

    /** Stands around the handler of a route: sign-in, a system that is locked. */
    @FunctionalInterface
    interface Around {
        Reply handle(Request request, Handler next);
    }
}
