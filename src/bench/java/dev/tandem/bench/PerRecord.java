package dev.tandem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.json.CanonicalJson;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.live.Edition;
import dev.tandem.mapping.MappingSet;
import dev.tandem.primero.CaseFingerprint;
import java.nio.file.Path;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One record through each part, with the mappings that ship and the records of their examples. */
@State(Scope.Benchmark)
public class PerRecord {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("mappings", "examples");

    private MappingSet mappings;
    private Seal seal;
    private JsonNode toDecide;
    private JsonNode toMap;
    private JsonNode client;
    private JsonNode theCase;
    private byte[] caseText;

    @Setup
    public void read() throws Exception {
        mappings = MappingSet.of(
                Edition.read(Path.of("routes"), Path.of("mappings")).mappings());
        seal = new Seal(new byte[32], Optional.empty());
        toDecide = input("primero-to-oscar/effects/p2-two-ngos.json");
        toMap = input("primero-to-oscar/referral/p1-khmer-names-no-phone.json");
        theCase = toMap.path("case");
        caseText = JSON.writeValueAsBytes(theCase);
        Path first;
        try (var files = java.nio.file.Files.list(EXAMPLES.resolve("oscar-to-primero/effects"))) {
            first = files.sorted().findFirst().orElseThrow();
        }
        client = JSON.readTree(first.toFile()).path("input");
    }

    private static JsonNode input(String file) throws Exception {
        return JSON.readTree(EXAMPLES.resolve(file).toFile()).path("input");
    }

    @Benchmark
    public JsonNode whatACaseOwes() {
        return mappings.apply("primero-to-oscar/effects", toDecide);
    }

    @Benchmark
    public JsonNode whatAClientOwes() {
        return mappings.apply("oscar-to-primero/effects", client);
    }

    @Benchmark
    public JsonNode referralMapped() {
        return mappings.apply("primero-to-oscar/referral", toMap);
    }

    @Benchmark
    public JsonNode caseParsed() throws Exception {
        return JSON.readTree(caseText);
    }

    @Benchmark
    public byte[] caseInCanonicalJson() {
        return CanonicalJson.bytes(theCase);
    }

    @Benchmark
    public String caseFingerprint() {
        return seal.fingerprint(CaseFingerprint.content(theCase));
    }
}
