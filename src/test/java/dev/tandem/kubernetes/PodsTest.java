package dev.tandem.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods as the standard "restricted" has them, and somewhat stricter. */
class PodsTest {
    /** As {@code Tandem} has it: how long what is in work may take to end. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(50);

    static Stream<Bundle> bundles() {
        return Bundle.all();
    }

    @Test
    void a_misspelt_field_is_found() throws IOException {
        String misspelt = Files.readString(Path.of("k8s/common/network-policies.yaml"))
                .replace("policyTypes: [Ingress, Egress]", "policyType: [Ingress, Egress]");

        assertThatThrownBy(() -> Bundle.read(new ByteArrayInputStream(misspelt.getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("policyType");
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void pods_are_as_the_namespace_demands(Bundle bundle) {
        assertThat(bundle.the(Namespace.class).getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(bundle.objects)
                .filteredOn(object -> !(object instanceof Namespace))
                .allSatisfy(object -> assertThat(object.getMetadata().getNamespace())
                        .as(object.toString())
                        .isEqualTo("tandem"));
        assertThat(bundle.pods()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getSecurityContext().getSysctls()).isEmpty();
            assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()))
                    .containsOnlyNulls();
            assertThat(pod.getInitContainers()).isEmpty();
            assertThat(container(pod).getPorts()).allMatch(port -> port.getHostPort() == null);
            assertThat(pod.getVolumes()).allMatch(PodsTest::isAllowed);
            SecurityContext context = container(pod).getSecurityContext();
            assertThat(context.getAllowPrivilegeEscalation()).isFalse();
            assertThat(context.getPrivileged()).isNull();
            assertThat(context.getProcMount()).isNull();
            assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(context.getCapabilities().getAdd()).isEmpty();
        });
    }

    private static boolean isAllowed(Volume volume) {
        return Stream.of(
                        volume.getConfigMap(),
                        volume.getSecret(),
                        volume.getEmptyDir(),
                        volume.getProjected(),
                        volume.getPersistentVolumeClaim())
                .anyMatch(one -> one != null);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void pods_can_write_only_where_they_must_and_get_nothing_unasked(Bundle bundle) {
        assertThat(bundle.pods()).allSatisfy(pod -> {
            assertThat(container(pod).getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container(pod).getVolumeMounts())
                    .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                    .extracting("name")
                    .isSubsetOf("tmp", "ledger");
            assertThat(pod.getVolumes())
                    .filteredOn(volume -> volume.getEmptyDir() != null)
                    .allSatisfy(volume ->
                            assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull());
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(container(pod).getImage()).matches(".+/tandem:[0-9]+\\.[0-9]+\\.[0-9]+");
            assertThat(container(pod).getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container(pod).getResources().getLimits()).containsKey("memory");
            // A file mounted by subPath never sees an edit.
            assertThat(container(pod).getVolumeMounts()).allMatch(mount -> mount.getSubPath() == null);
        });
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void the_user_is_that_of_the_image(Bundle bundle) throws IOException {
        assertThat(bundle.pods()).allSatisfy(pod -> assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("\nUSER %d:%d\n"
                        .formatted(
                                pod.getSecurityContext().getRunAsUser(),
                                pod.getSecurityContext().getRunAsGroup())));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void there_are_as_many_replicas_as_the_database_bears(Bundle bundle) {
        boolean embedded = bundle.pods().stream()
                .flatMap(pod -> pod.getVolumes().stream())
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null);

        assertThat(bundle.all(Deployment.class)).allSatisfy(deployment -> {
            assertThat(deployment.getSpec().getReplicas()).isEqualTo(embedded ? 1 : 3);
            assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo(embedded ? "Recreate" : "RollingUpdate");
            assertThat(deployment.getSpec().getSelector().getMatchLabels())
                    .isEqualTo(labels(deployment.getSpec().getTemplate()));
        });
        assertThat(bundle.all(PodDisruptionBudget.class))
                .hasSize(bundle.all(Deployment.class).isEmpty() || embedded ? 0 : 1);
        assertThat(bundle.all(PodDisruptionBudget.class)).allSatisfy(budget -> {
            Deployment deployment = bundle.the(Deployment.class);
            assertThat(budget.getSpec().getMinAvailable().getIntVal())
                    .isBetween(1, deployment.getSpec().getReplicas() - 1);
            Map<String, String> pods = labels(deployment.getSpec().getTemplate());
            assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(pods);
            assertThat(deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
                    .extracting(spread -> spread.getLabelSelector().getMatchLabels())
                    .hasSize(2)
                    .containsOnly(pods);
        });
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void a_service_is_asked_three_things_and_left_time_to_end(Bundle bundle) {
        assertThat(bundle.all(Deployment.class)).allSatisfy(deployment -> {
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            Container container = container(pod);
            Probe startup = container.getStartupProbe();
            Probe liveness = container.getLivenessProbe();
            Probe readiness = container.getReadinessProbe();
            assertThat(startup.getHttpGet().getPath()).isEqualTo("/observe/health/ready");
            assertThat(readiness.getHttpGet().getPath()).isEqualTo("/observe/health/ready");
            assertThat(liveness.getHttpGet().getPath()).isEqualTo("/observe/health/live");
            assertThat(seconds(startup)).isGreaterThan(seconds(readiness)).isGreaterThan(120);
            // Slower to end a process than to send no more requests to it.
            assertThat(seconds(liveness)).isGreaterThan(3 * seconds(readiness));
            assertThat(Stream.of(startup, liveness, readiness))
                    .allSatisfy(probe ->
                            assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management"));
            assertThat(container.getPorts()).extracting("name").contains("management");
            assertThat(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds()))
                    .isGreaterThan(STOP_WITHIN);
        });
    }

    private static int seconds(Probe probe) {
        return probe.getPeriodSeconds() * probe.getFailureThreshold();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void only_who_applies_init_makes_a_ledger(Bundle bundle) {
        List<String> commands = bundle.pods().stream()
                .map(pod -> container(pod).getArgs().get(0))
                .toList();

        assertThat(commands).allMatch(command -> command.equals("init") == bundle.directory.contains("/init/"));
        assertThat(bundle.all(Job.class)).hasSize(bundle.directory.contains("/init/") ? 1 : 0);
    }

    @Test
    void service_init_and_sync_run_in_the_same_surroundings() {
        assertThat(Stream.of("single", "cluster").map(kind -> List.of("overlays/" + kind, "init/" + kind)))
                .allSatisfy(pair ->
                        assertThat(surroundings("k8s/" + pair.get(0))).isEqualTo(surroundings("k8s/" + pair.get(1))));
        assertThat(surroundings("k8s/overlays/cronjob")).isEqualTo(surroundings("k8s/overlays/single"));
    }

    private static Set<List<Object>> surroundings(String directory) {
        Set<List<Object>> all = new HashSet<>();
        for (PodSpec pod : Bundle.of(directory).pods()) {
            Container container = container(pod);
            Map<String, Quantity> limits = container.getResources().getLimits();
            all.add(List.of(
                    pod.getSecurityContext(),
                    pod.getVolumes(),
                    pod.getServiceAccountName(),
                    container.getImage(),
                    container.getEnvFrom(),
                    container.getVolumeMounts(),
                    container.getSecurityContext(),
                    limits));
        }
        assertThat(all).as(directory).hasSize(1);
        return all;
    }

    private static Container container(PodSpec pod) {
        assertThat(pod.getContainers()).hasSize(1);
        return pod.getContainers().get(0);
    }

    private static Map<String, String> labels(PodTemplateSpec template) {
        return template.getMetadata().getLabels();
    }
}
