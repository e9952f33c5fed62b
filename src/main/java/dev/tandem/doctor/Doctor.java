package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.engine.Engine;
import dev.tandem.ledger.Ledger;
import dev.tandem.mapping.MappingSet;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Settings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** All checks, put together for who asks: the command before or beside a service, or the service itself. */
public final class Doctor {
    /** What a ledger that is there tells of the systems. */
    public record Known(Set<String> closedGates, Set<String> shownNgos, Set<String> goneNgos) {
        public static final Known NOTHING = new Known(Set.of(), Set.of(), Set.of());

        public static Known of(Ledger ledger) {
            return new Known(
                    Set.copyOf(ledger.gates().all().stream()
                            .filter(gate -> !gate.open())
                            .map(gate -> gate.system())
                            .toList()),
                    ledger.holders().shown("oscar"),
                    ledger.holders().gone("oscar"));
        }
    }

    private final Settings settings;
    private final InstantSource clock;

    public Doctor(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What needs neither system.
     *
     * @param own the ports that this very process has open
     */
    public List<Finding> here(DataSource database, Set<Integer> own) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(new SettingsChecks(settings).all());
        checks.addAll(new MachineChecks(settings, own).all());
        checks.addAll(new DatabaseChecks(settings, database, clock).all());
        return Examination.of(checks);
    }

    /** Both systems, as the mappings need them. */
    public Systems systems(Engine engine, MappingSet mappings, Known known) {
        Asking asking = new Asking(engine, known.closedGates());
        PrimeroLook primero = new PrimeroLook(asking, settings.primero().user());
        OscarLook oscar = new OscarLook(asking);
        Set<String> live = settings.oscar().ngos().orElse(Set.of());
        List<Check> checks = new ArrayList<>();
        checks.addAll(new SystemChecks(
                        "primero", settings.primero().url(), settings.http().outgoing(), asking, clock)
                .all());
        checks.addAll(new SystemChecks(
                        "oscar", settings.oscar().url(), settings.http().outgoing(), asking, clock)
                .all());
        checks.addAll(new PrimeroChecks(settings.primero(), asking, primero, mappings).all());
        checks.addAll(new WebhookChecks(
                        settings.primero(), primero, MappedFields.of(mappings).modules())
                .all());
        checks.addAll(new OscarChecks(oscar, primero, mappings, live, known).all());
        ValueChecks values = new ValueChecks(mappings, primero, oscar, live);
        checks.addAll(values.all());
        return new Systems(Examination.of(checks), values.unlisted(), asking);
    }

    /**
     * What was found of both systems, and the way to ask them more.
     *
     * @param unlisted rows for what is there and in no list
     */
    public record Systems(List<Finding> findings, List<ProposedRow> unlisted, Asking asking) {
        /** Writes the module of a case as it is: harmless, but its time of change moves. */
        public Finding writeProbe(String caseId) {
            Findings found = new Findings("primero.write-probe");
            try {
                JsonNode body = asking.call(
                                "primero", "look-at-module-of-case", new HashMap<>(Map.of("TandemCaseId", caseId)))
                        .body();
                asking.call(
                        "primero",
                        "write-probe",
                        new HashMap<>(Map.of(
                                "TandemCaseId",
                                caseId,
                                "TandemModule",
                                body.at("/data/module_id").asText())));
                found.ok("The account may write the case " + caseId + ".");
            } catch (Setback setback) {
                found.fault(
                        caseId,
                        "The account cannot write the case {} (" + setback.code() + ").",
                        "Check that the case exists (its id is the one in Primero's address), and the account's rights.");
            } catch (Unread unread) {
                found.add(unread.level(), "", unread.getMessage(), unread.remedy());
            }
            return found.all().get(0);
        }
    }
}
