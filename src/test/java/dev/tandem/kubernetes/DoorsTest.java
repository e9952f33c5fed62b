package dev.tandem.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may speak with Tandem, and with whom it may. */
class DoorsTest {
    private static final List<String> NOT_OUTSIDE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8");

    static Stream<Bundle> bundles() {
        return Bundle.all();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void what_is_not_allowed_is_forbidden(Bundle bundle) {
        assertThat(bundle.all(NetworkPolicy.class)).anySatisfy(policy -> {
            assertThat(policy.getSpec().getPodSelector()).isEqualTo(new LabelSelector());
            assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress()).isEmpty();
            assertThat(policy.getSpec().getEgress()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void out_of_it_lead_three_doors(Bundle bundle) {
        Map<String, List<NetworkPolicyPeer>> out = new HashMap<>();
        for (NetworkPolicy policy : bundle.all(NetworkPolicy.class)) {
            policy.getSpec().getEgress().forEach(rule -> {
                assertThat(rule.getPorts()).isNotEmpty();
                rule.getPorts().forEach(port -> out.put(name(port), rule.getTo()));
            });
        }

        boolean postgresql = bundle.directory.endsWith("/cluster");
        assertThat(out)
                .containsOnlyKeys(
                        postgresql
                                ? List.of("UDP 53", "TCP 53", "TCP 443", "TCP 5432")
                                : List.of("UDP 53", "TCP 53", "TCP 443"));
        assertThat(out.values()).allSatisfy(to -> assertThat(to).isNotEmpty());
        assertThat(out.get("TCP 443")).allSatisfy(to -> {
            boolean four = to.getIpBlock().getCidr().equals("0.0.0.0/0");
            assertThat(to.getIpBlock().getExcept()).containsAll(four ? NOT_OUTSIDE : List.of("fc00::/7", "fe80::/10"));
        });
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void into_it_come_the_monitoring_and_with_webhooks_the_ingress(Bundle bundle) {
        Map<String, String> in = new HashMap<>();
        for (NetworkPolicy policy : bundle.all(NetworkPolicy.class)) {
            policy.getSpec().getIngress().forEach(rule -> rule.getPorts()
                    .forEach(port -> in.put(name(port), from(rule.getFrom()))));
        }

        assertThat(in)
                .isEqualTo(
                        switch (bundle.directory) {
                            case "src/test/k8s/webhooks" ->
                                Map.of("TCP management", "monitoring", "TCP http", "ingress-nginx");
                            case "k8s/overlays/single", "k8s/overlays/cluster" ->
                                Map.of("TCP management", "monitoring");
                            default -> Map.of();
                        });
        assertThat(bundle.all(Service.class)).hasSameSizeAs(bundle.all(Ingress.class));
    }

    private static String from(List<NetworkPolicyPeer> peers) {
        return peers.stream()
                .map(peer -> peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name"))
                .collect(Collectors.joining(", "));
    }

    private static String name(NetworkPolicyPort port) {
        Object number = port.getPort().getStrVal() == null
                ? port.getPort().getIntVal()
                : port.getPort().getStrVal();
        return port.getProtocol() + " " + number;
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void every_policy_and_service_is_about_pods_and_ports_that_there_are(Bundle bundle) {
        for (NetworkPolicy policy : bundle.all(NetworkPolicy.class)) {
            List<PodTemplateSpec> pods =
                    selected(bundle, policy.getSpec().getPodSelector().getMatchLabels());
            assertThat(pods).as(policy.getMetadata().getName()).isNotEmpty();
            policy.getSpec().getIngress().forEach(rule -> assertThat(ports(pods))
                    .containsAll(rule.getPorts().stream()
                            .map(port -> port.getPort().getStrVal())
                            .toList()));
        }
        for (Service service : bundle.all(Service.class)) {
            List<PodTemplateSpec> pods = selected(bundle, service.getSpec().getSelector());
            service.getSpec().getPorts().forEach(port -> assertThat(ports(pods))
                    .contains(port.getTargetPort().getStrVal()));
        }
        for (Ingress ingress : bundle.all(Ingress.class)) {
            var path = ingress.getSpec().getRules().get(0).getHttp().getPaths().get(0);
            assertThat(path.getPath()).isEqualTo("/webhooks/");
            Service service = bundle.named(
                            Service.class, path.getBackend().getService().getName())
                    .orElseThrow();
            assertThat(service.getSpec().getPorts())
                    .extracting("name")
                    .contains(path.getBackend().getService().getPort().getName());
        }
    }

    private static List<PodTemplateSpec> selected(Bundle bundle, Map<String, String> labels) {
        return bundle.templates().stream()
                .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    private static Set<String> ports(List<PodTemplateSpec> pods) {
        return pods.stream()
                .flatMap(pod -> pod.getSpec().getContainers().get(0).getPorts().stream())
                .map(ContainerPort::getName)
                .collect(Collectors.toSet());
    }
}
