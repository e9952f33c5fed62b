package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.mapping.ListedColumn;
import dev.tandem.mapping.MappingSet;
import dev.tandem.oscar.feed.FeedShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether OSCaR shows the account what it should, of whom it should, in the shape that is known. */
final class OscarChecks {
    private final OscarLook look;
    private final PrimeroLook primero;
    private final MappingSet mappings;
    private final Set<String> liveNgos;
    private final Doctor.Known seen;

    OscarChecks(OscarLook look, PrimeroLook primero, MappingSet mappings, Set<String> liveNgos, Doctor.Known seen) {
        this.look = look;
        this.primero = primero;
        this.mappings = mappings;
        this.liveNgos = liveNgos;
        this.seen = seen;
    }

    List<Check> all() {
        return List.of(
                Check.of("oscar.account", "OSCaR serves the account as an external system.", this::account),
                Check.of(
                        "oscar.feed",
                        "OSCaR's feed shows the NGOs that the code lists name, and no other.",
                        this::feed),
                Check.of(
                        "oscar.places",
                        "Primero knows the places of OSCaR's clients that changed lately.",
                        this::places),
                Check.of("oscar.version", "OSCaR's clients have the fields that are known.", this::version));
    }

    private JsonNode sample() {
        JsonNode sample = look.sample.get();
        if (sample.path("rows").asInt() == 0) {
            throw new Unread(Level.SKIPPED, "Not checked: no client of OSCaR has changed in the last week.", "");
        }
        return sample;
    }

    private void account(Findings found) {
        if (!sample().path("registered").asBoolean()) {
            found.fault(
                    "",
                    "OSCaR does not know the account as an external system: it shows it referrals between NGOs, and refuses every referral.",
                    "Ask OSCaR's administrators to register the account's e-mail as the token of the external system.");
        }
    }

    private void feed(Findings found) {
        Set<String> known = new HashSet<>();
        Set<String> needed = new HashSet<>();
        for (ListedColumn column : mappings.listedColumns()) {
            if (column.place().equals("oscar ngos")) {
                column.values().forEach(value -> {
                    known.add(value.text());
                    if (value.needed() && (liveNgos.isEmpty() || liveNgos.contains(value.text()))) {
                        needed.add(value.text());
                    }
                });
            }
        }
        Set<String> shown = new HashSet<>(seen.shownNgos());
        look.sample.get().path("ngos").forEach(ngo -> shown.add(ngo.asText()));
        shown.stream()
                .filter(ngo -> !known.contains(ngo))
                .sorted()
                .forEach(
                        ngo -> found.fault(
                                ngo,
                                "OSCaR's feed shows clients of {}, and agencies.csv has no row for it: nothing of them goes to Primero.",
                                "Add a row (`doctor --propose-lists DIR` writes it), with direction none if it does not take part."));
        seen.goneNgos().stream()
                .filter(needed::contains)
                .sorted()
                .forEach(ngo -> found.fault(
                        ngo,
                        "Two full sweeps have seen no client of {} in OSCaR's feed: new referrals to it are parked.",
                        "Ask OSCaR's administrators whether the NGO is still integrated."));
        if (!seen.shownNgos().isEmpty()) {
            needed.stream()
                    .filter(ngo -> !shown.contains(ngo) && !seen.goneNgos().contains(ngo))
                    .sorted()
                    .forEach(ngo -> found.warn(
                            ngo,
                            "OSCaR's feed has never shown a client of {}: it has none yet, or is not integrated.",
                            "If it has clients, ask OSCaR's administrators to integrate it."));
        }
    }

    /** OSCaR's codes have leading zeros that Primero's have lost (mapping facts R3). */
    private void places(Findings found) {
        JsonNode sample = sample();
        Set<String> known = new HashSet<>();
        primero.locations
                .get()
                .forEach(place -> known.add(Fields.text(place, "code").replaceFirst("^0+", "")));
        sample.path("places").forEach(place -> {
            if (!known.contains(place.asText().replaceFirst("^0+", ""))) {
                found.warn(
                        place.asText(),
                        "OSCaR has a client in {}, a place that Primero does not know.",
                        "Ask Primero's administrator to add the place; Primero takes the code without checking it.");
            }
        });
    }

    private void version(Findings found) {
        Set<String> keys = new HashSet<>();
        sample().path("keys").forEach(key -> keys.add(key.asText()));
        Stream.concat(FeedShape.SHARED.stream(), Stream.of("services"))
                .filter(key -> !keys.contains(key))
                .sorted()
                .forEach(key -> found.fault(
                        key,
                        "OSCaR's clients lack the field {}: it runs a version that Tandem does not know.",
                        "Run the contract suite against it (docs/operate/contract-suite.md)."));
    }
}
