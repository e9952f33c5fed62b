package dev.tandem.oscar.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.WorkResult;
import dev.tandem.ledger.links.Snapshots.Snapshot;
import dev.tandem.outcome.Unmappable;
import java.util.List;
import java.util.Optional;

/**
 * A client as the ledger keeps it for now: by what the feed showed in full, by what a window of creation showed, or by both.
 *
 * @param inWindow if a window has shown it since it was read in full: what
 * @param partly whether keys that are absent are unknown
 */
public record ShownClient(JsonNode client, Snapshot snapshot, Optional<JsonNode> inWindow, boolean partly) {
    private static final String HIDDEN_WORDS =
            "OSCaR is too large to be read in one answer, and read by windows it does not"
                    + " show this client's referral: it comes as soon as a read of changes shows it";

    public static Optional<ShownClient> latest(Ledger ledger, String flow, String record) {
        Optional<Snapshot> full = ledger.snapshots().latest(flow, record);
        Optional<Snapshot> inWindow = ledger.snapshots()
                .latestInWindow(flow, record)
                .filter(windowed -> full.isEmpty()
                        || windowed.requestedAt().isAfter(full.get().requestedAt()));
        if (inWindow.isEmpty()) {
            return full.map(snapshot -> new ShownClient(row(snapshot), snapshot, Optional.empty(), false));
        }
        JsonNode windowed = row(inWindow.get());
        Optional<JsonNode> before = full.map(ShownClient::row).filter(row -> !UnreadableRow.is(row));
        if (before.isEmpty() || UnreadableRow.is(windowed)) {
            return Optional.of(new ShownClient(windowed, inWindow.get(), Optional.of(windowed), true));
        }
        if (FeedShape.hides(windowed)) {
            return Optional.of(new ShownClient(before.get(), full.get(), Optional.of(windowed), false));
        }
        Optional<JsonNode> completed = FeedShape.completed(windowed, before.get());
        return Optional.of(new ShownClient(
                completed.orElse(windowed), inWindow.get(), Optional.of(windowed), completed.isEmpty()));
    }

    private static JsonNode row(Snapshot snapshot) {
        return CanonicalJson.read(snapshot.payload());
    }

    /** Whether it stands for a row that could not be read, and is no longer there. */
    public boolean isGone() {
        return UnreadableRow.is(client) && UnreadableRow.isGone(client);
    }

    /** Tells the ledger what was read, for its fingerprints. */
    public void readBy(WorkResult result) {
        boolean unreadable = UnreadableRow.is(client);
        byte[] content = CanonicalJson.bytes(unreadable ? UnreadableRow.content(client) : client);
        if (partly) {
            result.readInWindow(content);
        } else if (unreadable) {
            result.read(content);
        } else {
            result.read(content, inWindow.map(CanonicalJson::bytes).orElseGet(() -> FeedShape.inWindow(client)));
        }
    }

    /** Why it cannot be worked on, if so. */
    public Optional<Unmappable> setback() {
        if (UnreadableRow.is(client)) {
            return Optional.of(UnreadableRow.setback(client));
        }
        return partly && FeedShape.hides(client)
                ? Optional.of(new Unmappable("hidden-by-shape", "external_id", HIDDEN_WORDS, "external_id"))
                : Optional.empty();
    }

    /** Shape B says that a client was not referred to Primero; in a window it says nothing. */
    public JsonNode forMatching() {
        return partly ? ((ObjectNode) client.deepCopy()).without(List.of("resource")) : client;
    }

    /** Not the client, which is personal data. */
    @Override
    public String toString() {
        return "ShownClient[partly=" + partly + "]";
    }
}
