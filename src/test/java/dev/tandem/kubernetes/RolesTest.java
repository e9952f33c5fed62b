package dev.tandem.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may edit mappings, and who may edit routes. */
class RolesTest {
    static Stream<Bundle> bundles() {
        return Bundle.all();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void each_role_changes_one_config_map_and_nothing_else(Bundle bundle) {
        for (String edited : List.of("tandem-mappings", "tandem-routes")) {
            assertThat(bundle.named(ConfigMap.class, edited)).isPresent();
            assertThat(bundle.named(Role.class, edited + "-editor"))
                    .hasValueSatisfying(
                            role -> assertThat(role.getRules()).singleElement().satisfies(rule -> {
                                assertThat(rule.getApiGroups()).containsExactly("");
                                assertThat(rule.getResources()).containsExactly("configmaps");
                                assertThat(rule.getResourceNames()).containsExactly(edited);
                                assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "update", "patch");
                            }));
        }
        // Bindings are of a kind that the bundles do not know: reading one fails.
        assertThat(bundle.all(Role.class)).hasSize(2);
    }
}
