package dev.tandem.operation.request;

import java.time.Instant;

/** How a ledger begins (protocol 8). */
public sealed interface InitRequest {
    /** A first installation: what is older than {@code moment} is baseline. */
    record Since(Instant moment) implements InitRequest {}

    /** A first installation, from now on by the database's clock. */
    record SinceNow() implements InitRequest {}

    /** Nothing ran before us: all of it is ours. */
    record Adopt() implements InitRequest {}

    /** After a loss: everything up to now is baseline, and links are rebuilt. */
    record Recover() implements InitRequest {}
}
