package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Contract primero-v2 §0. */
class VersionTest {
    private static PrimeroCaller.Answer post(Version version, String data) {
        try (PrimeroSimulator primero =
                PrimeroSimulator.start(Options.defaults().withVersion(version))) {
            return new PrimeroCaller(primero).post(PrimeroTestBase.CASES, data);
        }
    }

    @Test
    void unknown_keys_are_refused_up_to_2_10_and_dropped_after() {
        String unknown = PrimeroTestBase.in("\"no_such\":1");
        assertThat(post(Version.V2_10, unknown).detail()).containsExactly("/no_such");
        assertThat(post(Version.V2_13, unknown).status()).isEqualTo(200);
    }

    @Test
    void case_id_could_be_patched_until_2_13() {
        for (Version version : Version.values()) {
            try (PrimeroSimulator primero =
                    PrimeroSimulator.start(Options.defaults().withVersion(version))) {
                String id = primero.worker().newCase(java.util.Map.of("case_id", "before"));
                new PrimeroCaller(primero).patch(PrimeroTestBase.at(id), "{\"case_id\":\"after\"}");
                assertThat(primero.caseById(id).orElseThrow().path("case_id").asText())
                        .as(version.name())
                        .isEqualTo(version.atLeast(Version.V2_14) ? "before" : "after");
            }
        }
    }
}
