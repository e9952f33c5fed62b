package dev.tandem.operation;


import java.time.Instant;

/** How a ledger begins (protocol 8). */
public sealed interface Birth {
    /** A first installation: what is older than {@code moment} is baseline. */
    record Since(Instant moment) implements Birth {}

    /** A first installation, from now on by the database's clock. */
    record SinceNow() implements Birth {}

    /** Nothing ran before us: all of it is ours. */
    record Adopt() implements Birth {}

    /** After a loss: everything up to now is baseline, and links are rebuilt. */
    record Recover() implements Birth {}
}
