package dev.tandem.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.world.OscarWorld;
import dev.tandem.sandbox.world.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pods of {@code k8s/} as they stand, run by podman: the same command, environment, mounts and restrictions. What podman
 * has no word for is stood in for: the claim, the Secret and the projected volume are directories, and the network is this
 * machine's, where the simulators are.
 */
@EnabledIfSystemProperty(named = "tandem.image", matches = ".+")
class DeploymentIT {
    private static final String RUNNING = "tandem-pod-0-tandem";

    @TempDir
    Path directory;

    private final int management = FreePort.any();

    @Test
    void init_makes_the_ledger_and_the_service_takes_an_edit_while_it_runs() throws Exception {
        try (PrimeroSimulator primero = PrimeroSimulator.start();
                OscarSimulator oscar = OscarSimulator.start()) {
            World.seeded(1).populate(primero, 10);
            OscarWorld.populate(oscar, 20, 7);
            String settings = settings(primero, oscar);
            Bundle init = Bundle.of("k8s/init/single");
            Bundle single = Bundle.of("k8s/overlays/single");
            MountedVolume mappings = new MountedVolume(
                    directory.resolve("mappings"),
                    MountedFilesTest.mounted(single, single.pods().get(0), "/app/mappings"));

            Path job = directory.resolve("init.yaml");
            Pod pod = new Pod();
            pod.setMetadata(new ObjectMetaBuilder().withName("tandem-init").build());
            pod.setSpec(init.pods().get(0));
            write(job, init, pod, pod.getSpec(), settings);
            try {
                podman("play", "kube", job.toString());
                assertThat(podman("wait", "tandem-init-tandem").strip())
                        .as(podman("logs", "tandem-init-tandem"))
                        .isEqualTo("0");
            } finally {
                podman("play", "kube", "--down", job.toString());
            }

            Path service = directory.resolve("service.yaml");
            HasMetadata deployment = single.objects.stream()
                    .filter(object -> object.getKind().equals("Deployment"))
                    .findFirst()
                    .orElseThrow();
            write(service, single, deployment, single.pods().get(0), settings);
            try {
                podman("play", "kube", service.toString());
                await().atMost(Duration.ofMinutes(2)).until(this::ready);

                mappings.change("lib.jslt", Files.readString(Path.of("mappings/lib.jslt")) + "\n// edited\n");

                await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(podman("logs", RUNNING))
                        .containsPattern("is in force: mappings.{1,2}lib\\.jslt"));
                podman("stop", "--time", "60", RUNNING);
                assertThat(podman("inspect", RUNNING, "--format", "{{.State.ExitCode}} {{.EffectiveCaps}}")
                                .strip())
                        .isEqualTo("0 []");
            } finally {
                podman("play", "kube", "--down", service.toString());
            }
        }
    }

    private void write(Path file, Bundle bundle, HasMetadata workload, PodSpec pod, String settings)
            throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (ConfigMap map : bundle.all(ConfigMap.class)) {
            String name = map.getMetadata().getName();
            if (name.startsWith("tandem-settings")) {
                map.setData(Map.of("application.properties", settings));
            }
            if (!name.matches("tandem-(mappings|examples.*)")) {
                objects.add(map);
            }
        }
        standIns(pod);
        objects.add(workload);
        StringBuilder text = new StringBuilder();
        for (HasMetadata object : objects) {
            object.getMetadata().setNamespace(null);
            text.append(new YAMLMapper().writeValueAsString(object));
        }
        Files.writeString(file, text);
    }

    private void standIns(PodSpec pod) throws IOException {
        pod.setHostNetwork(true);
        Container container = pod.getContainers().get(0);
        container.setImage("localhost/" + System.getProperty("tandem.image"));
        container.setImagePullPolicy("Never");
        container.setPorts(List.of());
        Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .filter(probe -> probe != null)
                .map(Probe::getHttpGet)
                .forEach(get -> get.setPort(new IntOrString(management)));
        for (Volume volume : pod.getVolumes()) {
            if (volume.getConfigMap() == null && volume.getEmptyDir() == null) {
                Path stand = directory.resolve(volume.getName());
                if (Files.notExists(stand)) {
                    Files.createDirectories(stand);
                    Files.setPosixFilePermissions(stand, PosixFilePermissions.fromString("rwxrwxrwx"));
                }
                volume.setProjected(null);
                volume.setSecret(null);
                volume.setPersistentVolumeClaim(null);
                volume.setHostPath(new HostPathVolumeSource(stand.toString(), null));
            }
        }
    }

    /** The settings that are not secret; the secrets become files. */
    private String settings(PrimeroSimulator primero, OscarSimulator oscar) throws IOException {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("primero-password"), primero.options().password());
        Files.writeString(secrets.resolve("oscar-password"), oscar.settings().password());
        Files.writeString(secrets.resolve("payload-key"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        return """
                tandem.primero.url = %s
                tandem.primero.user = %s
                tandem.oscar.url = %s
                tandem.oscar.user = %s
                tandem.http.port = %d
                tandem.management.port = %d
                """.formatted(
                        primero.url(),
                        primero.options().user(),
                        oscar.url(),
                        oscar.settings().email(),
                        FreePort.any(),
                        management);
    }

    private boolean ready() throws InterruptedException {
        URI ready = URI.create("http://127.0.0.1:" + management + "/observe/health/ready");
        try {
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String podman(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of("podman"), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
