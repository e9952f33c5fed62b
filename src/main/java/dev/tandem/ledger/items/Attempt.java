package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.CallKind;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.HeldKind;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.storage.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One call to the target and the effects that it carries. They were <em>proposed</em> by a route and <em>intended</em> in the ledger
 * before the call (protocol 2). Each is <em>in flight</em> until the call has <em>succeeded</em> for it, has failed, or is repeated
 * in another way; a success is then written down as <em>confirmed</em>.
 */
final class Attempt {
    private final Map<String, Proposal> proposed;
    private final boolean keepsInput;
    private final Optional<CallKind> kindOfCall;
    private List<Effect> inFlight;
    private List<Effect> succeeded = List.of();

    /** Before the first call. */
    static Attempt none() {
        return new Attempt(Map.of(), List.of(), false, Optional.empty());
    }

    /**
     * Effects that are intended.
     *
     * @param proposed what they were made of, by key
     */
    static Attempt intended(Map<String, Proposal> proposed, List<Effect> intended, Terms terms) {
        return new Attempt(proposed, intended, terms.onlyIfChanged(), terms.kindOfCall());
    }

    private Attempt(
            Map<String, Proposal> proposed, List<Effect> inFlight, boolean keepsInput, Optional<CallKind> kindOfCall) {
        this.proposed = proposed;
        this.inFlight = inFlight;
        this.keepsInput = keepsInput;
        this.kindOfCall = kindOfCall;
    }

    Map<String, Proposal> proposed() {
        return proposed;
    }

    Optional<CallKind> kindOfCall() {
        return kindOfCall;
    }

    /** What the target holds of this effect once it is confirmed. */
    String valueOf(Effect effect) {
        return Optional.ofNullable(proposed.get(effect.key()))
                .flatMap(Proposal::confirmedValue)
                .orElse("");
    }

    /** The call has succeeded for these; that is not written down yet. */
    void succeeded(Collection<String> keys) {
        List<Effect> all = new ArrayList<>(succeeded);
        inFlight.stream().filter(effect -> keys.contains(effect.key())).forEach(all::add);
        succeeded = List.copyOf(all);
        inFlight =
                inFlight.stream().filter(effect -> !keys.contains(effect.key())).toList();
    }

    /** The call is over for what was in flight: it has failed, or is intended again with another call. */
    List<Effect> ends() {
        List<Effect> rest = inFlight;
        inFlight = List.of();
        return rest;
    }

    /** Those for which the call has succeeded and which are not written down as confirmed. */
    List<Effect> unwritten() {
        return succeeded;
    }

    /** They are committed as confirmed. */
    void written() {
        succeeded = List.of();
    }

    /** Writes a success down, unless a later attempt was begun since. */
    void confirm(Handle handle, Effect effect, KnownEffects effects, Store store) {
        boolean ours = handle.createQuery("select attempt from effect where id = :id for update")
                .bind("id", effect.id())
                .mapTo(Integer.class)
                .findOne()
                .filter(attempt -> attempt == effect.attempt())
                .isPresent();
        if (ours) {
            effects.save(
                    handle, effect.confirmed(valueOf(effect), keepsInput ? effect.inputHash() : null), "confirmed");
            kindOfCall.ifPresent(kind -> HeldKind.answered(handle, kind, true, store.now(), store.settings()));
        }
    }
}
