package dev.tandem.operation;

import dev.tandem.engine.Engine;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.live.Edition;
import dev.tandem.live.InForce;
import dev.tandem.mapping.InvalidMappings;
import dev.tandem.mapping.MappingSet;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.record.DeadLetterList;
import dev.tandem.operation.report.record.LetterVerdicts;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Tandem whose routes stay started, as a service's do, and that sweeps when it is told: many small stories do not pay for a
 * start each.
 */
public final class OpenTandem implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final OpenedLedger opened;
    private final Engine engine;

    private OpenTandem(Settings settings, OpenedLedger opened, InForce inForce) {
        this.settings = settings;
        this.opened = opened;
        this.engine = new Engine(settings, opened.ledger(), inForce, false);
        engine.start();
        inForce.enter(opened.ledger());
    }

    /** With a new ledger: nothing ran before it. */
    public static OpenTandem adopting(Settings settings) {
        OpenedLedger opened = OpenedLedger.open(settings, warning -> {});
        InForce inForce = unchecked(settings);
        new Initialisation(settings, opened.ledger(), inForce).make(new InitRequest.Adopt());
        return new OpenTandem(settings, opened, inForce);
    }

    /** The commands check all of it; the tests that share this have no time for that. */
    private static InForce unchecked(Settings settings) {
        Edition edition = Edition.read(
                settings.directories().routes(), settings.directories().mappings());
        try {
            return new InForce(edition, MappingSet.of(edition.mappings()));
        } catch (InvalidMappings e) {
            throw new IllegalStateException(e);
        }
    }

    public SyncReport sync() {
        return sync(false);
    }

    public SyncReport syncInFull() {
        return sync(true);
    }

    private SyncReport sync(boolean full) {
        SyncRequest request = new SyncRequest(Optional.empty(), full, Optional.empty(), PATIENCE);
        return new Syncing(settings, opened.ledger(), engine).sync(request, Progress.NONE);
    }

    public DeadLetterList deadLetters(DeadLetterQuery query) {
        return commands().deadLetters(query);
    }

    public LetterVerdicts retry(RetryRequest request) {
        return commands().retry(request);
    }

    public void pause(String flow) {
        opened.ledger().pauses().pause(flow, "a test");
    }

    public void resume(String flow) {
        opened.ledger().pauses().resume(flow);
    }

    private LedgerCommands commands() {
        return new LedgerCommands(settings, opened.ledger(), List::of, engine::ask);
    }

    @Override
    public void close() {
        engine.close();
        opened.close();
    }
}
