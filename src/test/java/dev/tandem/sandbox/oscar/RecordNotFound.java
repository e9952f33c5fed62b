package dev.tandem.sandbox.oscar;

/** A missing row that OSCaR's handler swallows: status 200 and an empty body (contract oscar-interop T18). */
final class RecordNotFound extends RuntimeException {
    RecordNotFound(String what) {
        super(what, null, false, false);
    }
}
