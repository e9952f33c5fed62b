package dev.tandem.sandbox.oscar;

/** An exception nobody catches in OSCaR: the framework's error page, status 500. */
final class Raised extends RuntimeException {
    Raised(String why) {
        super(why, null, false, false);
    }
}
