package dev.tandem.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.GeneratedPage;
import dev.tandem.files.EditedDirectory;
import dev.tandem.live.Edition;
import dev.tandem.settings.Loaded;
import dev.tandem.settings.SettingsReader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pod finds in its directories, in its environment, and under the names that it mentions. */
class MountedFilesTest {
    /** {@code kubectl apply} without {@code --server-side} keeps a copy of the object in one of its annotations. */
    private static final int MOST_BYTES = 262_144;

    private static final String SECRETS = "/run/secrets/tandem/";

    @TempDir
    Path temp;

    static Stream<Bundle> bundles() {
        return Bundle.all();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void routes_and_mappings_are_those_of_the_repository(Bundle bundle) throws IOException {
        for (PodSpec pod : bundle.pods()) {
            assertThat(mounted(bundle, pod, "/app/routes")).isEqualTo(lying("routes", ".camel.yaml", ".camel.xml"));
            assertThat(mounted(bundle, pod, "/app/mappings")).isEqualTo(lying("mappings", ".jslt", ".csv", ".json"));
        }
    }

    @Test
    void mappings_are_read_in_the_layout_that_the_kubelet_makes() throws IOException {
        Bundle bundle = bundles().findFirst().orElseThrow();
        MountedVolume volume = new MountedVolume(
                temp.resolve("mappings"), mounted(bundle, bundle.pods().get(0), "/app/mappings"));

        EditedDirectory mounted = Edition.readMappings(volume.directory());
        assertThat(mounted.faults()).isEmpty();
        assertThat(mounted.texts())
                .isEqualTo(Edition.readMappings(Path.of("mappings")).texts());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void an_edit_of_routes_or_mappings_changes_them_in_place_and_one_of_settings_restarts(Bundle bundle)
            throws IOException {
        for (ConfigMap map : bundle.all(ConfigMap.class)) {
            String name = map.getMetadata().getName();
            assertThat(name)
                    .matches("tandem-(routes|mappings|examples-[a-z-]+)|tandem-(settings|environment)-[a-z0-9]{10}");
            assertThat(JsonMapper.builder().build().writeValueAsBytes(map).length)
                    .as(name)
                    .isLessThan(MOST_BYTES);
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void settings_are_complete_and_without_a_secret(Bundle bundle) throws IOException {
        for (PodSpec pod : bundle.pods()) {
            Container container = pod.getContainers().get(0);
            assertThat(container.getEnv()).isEmpty();
            Map<String, String> environment = new HashMap<>(bundle.named(
                            ConfigMap.class,
                            container.getEnvFrom().get(0).getConfigMapRef().getName())
                    .orElseThrow()
                    .getData());
            environment.replaceAll((name, value) -> value.startsWith(SECRETS) ? secret(value) : value);
            Path settings = temp.resolve("application.properties");
            Files.writeString(settings, mounted(bundle, pod, "/etc/tandem").get("application.properties"));

            Loaded loaded = SettingsReader.read(Optional.of(settings), environment, temp);

            assertThat(loaded.warnings()).isEmpty();
            assertThat(environment.remove("TANDEM_SETTINGS")).isEqualTo("/etc/tandem/application.properties");
            assertThat(Files.readString(settings)).doesNotContain("password", "secret", "key");
        }
    }

    /** The file that a person would have put into the Secret. */
    private String secret(String path) {
        String key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        String name = path.substring(SECRETS.length());
        try {
            return Files.writeString(temp.resolve(name), name.startsWith("oscar-webhook") ? "whsec_" + key : key)
                    .toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void whatever_a_pod_names_is_there_but_for_the_one_secret(Bundle bundle) {
        for (PodSpec pod : bundle.pods()) {
            assertThat(bundle.named(ServiceAccount.class, pod.getServiceAccountName()))
                    .isPresent();
            Container container = pod.getContainers().get(0);
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactlyInAnyOrderElementsOf(
                            pod.getVolumes().stream().map(Volume::getName).toList());
            for (Volume volume : pod.getVolumes()) {
                if (volume.getSecret() != null) {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("tandem");
                    assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
                } else if (volume.getPersistentVolumeClaim() != null) {
                    assertThat(bundle.named(
                                    PersistentVolumeClaim.class,
                                    volume.getPersistentVolumeClaim().getClaimName()))
                            .isPresent();
                }
            }
        }
    }

    @Test
    void the_lists_of_files_are_those_that_the_script_writes() throws Exception {
        Process script = new ProcessBuilder("k8s/list-files", temp.toString())
                .inheritIO()
                .start();
        assertThat(script.waitFor()).isZero();

        for (String list : new String[] {
            "routes/kustomization.yaml",
            "mappings/kustomization.yaml",
            "mappings/volume.yaml",
            "mappings/volume-of-cronjob.yaml",
            "k8s/monitoring/prometheus-rule.yaml"
        }) {
            GeneratedPage.check(Path.of(list), Files.readString(temp.resolve(list)));
        }
    }

    /** Path and content of every file. */
    static Map<String, String> mounted(Bundle bundle, PodSpec pod, String path) {
        String name = pod.getContainers().get(0).getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(path))
                .findFirst()
                .orElseThrow()
                .getName();
        Volume volume = pod.getVolumes().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return volume.getProjected() == null
                ? new TreeMap<>(data(bundle, volume.getConfigMap()))
                : projected(bundle, volume.getProjected());
    }

    private static Map<String, String> data(Bundle bundle, ConfigMapVolumeSource source) {
        assertThat(source.getItems()).isEmpty();
        return bundle.named(ConfigMap.class, source.getName()).orElseThrow().getData();
    }

    private static Map<String, String> projected(Bundle bundle, ProjectedVolumeSource volume) {
        Map<String, String> files = new TreeMap<>();
        volume.getSources().forEach(source -> {
            Map<String, String> data = bundle.named(
                            ConfigMap.class, source.getConfigMap().getName())
                    .orElseThrow()
                    .getData();
            assertThat(source.getConfigMap().getItems()).hasSameSizeAs(data.keySet());
            source.getConfigMap().getItems().forEach(item -> files.put(item.getPath(), data.get(item.getKey())));
        });
        return files;
    }

    private static Map<String, String> lying(String directory, String... endings) throws IOException {
        Path root = Path.of(directory);
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (Stream.of(endings).anyMatch(name::endsWith)) {
                    files.put(name, Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }
}
