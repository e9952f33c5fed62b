package dev.tandem.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.files.EditedDirectory;
import dev.tandem.ledger.storage.Flow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoutedFlowsTest {
    @Test
    void the_flows_and_sources_are_those_of_the_routes_oscar_before_primero() {
        RoutedFlows shipped = RoutedFlows.of(shipped(), new Allowed(Set.of()));

        assertThat(shipped.names()).containsExactly("oscar-to-primero", "primero-to-oscar");
        assertThat(shipped.flows().get(1).kinds()).contains("referral", "decision", "link", "mark-synced", "conflict");
        assertThat(shipped.sources()).extracting(RoutedFlows.Source::name).containsExactly("oscar", "primero");
        assertThat(shipped.sources())
                .extracting(RoutedFlows.Source::entry)
                .containsExactly("sweep-oscar", "sweep-primero");
    }

    @Test
    void a_file_that_cannot_be_read_hides_no_other() {
        Map<String, String> texts = new TreeMap<>(shipped().texts());
        texts.put("broken.camel.yaml", "- route:\n    frmo: nowhere\n");

        assertThat(RoutedFlows.of(new EditedDirectory(new TreeMap<>(texts), List.of()), new Allowed(Set.of()))
                        .names())
                .hasSize(2);
    }

    @Test
    void a_name_says_both_systems() {
        assertThat(Flow.isName("primero-to-registry")).isTrue();
        assertThat(Flow.isName("Primero to registry")).isFalse();
        assertThat(Flow.systems("primero-to-registry")).containsExactly("primero", "registry");
    }

    private static EditedDirectory shipped() {
        return Edition.read(Path.of("routes"), Path.of("mappings")).routes();
    }
}
