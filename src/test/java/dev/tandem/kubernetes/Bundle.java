package dev.tandem.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one of the overlays comes to, once kustomize has put it together. */
final class Bundle {
    /** Each of them is applied by itself. */
    static final List<String> ALL = List.of(
            "k8s/overlays/single",
            "k8s/overlays/cluster",
            "k8s/overlays/cronjob",
            "k8s/init/single",
            "k8s/init/cluster",
            "src/test/k8s/webhooks");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    ConfigMap.class,
                    CronJob.class,
                    Deployment.class,
                    Ingress.class,
                    Job.class,
                    Namespace.class,
                    NetworkPolicy.class,
                    PersistentVolumeClaim.class,
                    PodDisruptionBudget.class,
                    Role.class,
                    Service.class,
                    ServiceAccount.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    private static final Map<String, Bundle> RENDERED = new ConcurrentHashMap<>();

    /** The classes keep unknown fields; here they are faults. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated ignored) {
                    return false;
                }
            })
            .build();

    final String directory;
    final List<HasMetadata> objects;

    private Bundle(String directory, List<HasMetadata> objects) {
        this.directory = directory;
        this.objects = objects;
    }

    static Stream<Bundle> all() {
        assumeTrue(kubectlIsThere(), "kubectl is not installed: what k8s/ holds is not looked at");
        return ALL.stream().map(Bundle::of);
    }

    static Bundle of(String directory) {
        return RENDERED.computeIfAbsent(directory, Bundle::render);
    }

    private static Bundle render(String directory) {
        try {
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", directory)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<HasMetadata> objects = read(kubectl.getInputStream());
            assertThat(kubectl.waitFor()).as("kubectl kustomize " + directory).isZero();
            return new Bundle(directory, objects);
        } catch (IOException e) {
            throw new UncheckedIOException(directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reads objects in YAML. @throws IOException also if one of them has a field that its kind does not have */
    static List<HasMetadata> read(InputStream yaml) throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        try (var documents = STRICT.readerFor(JsonNode.class).readValues(new YAMLFactory().createParser(yaml))) {
            while (documents.hasNextValue()) {
                JsonNode document = (JsonNode) documents.nextValue();
                objects.add(STRICT.treeToValue(
                        document, KINDS.get(document.path("kind").asText())));
            }
        }
        return objects;
    }

    private static boolean kubectlIsThere() {
        try {
            Process kubectl = new ProcessBuilder("kubectl", "version", "--client")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kubectl.waitFor(60, TimeUnit.SECONDS) && kubectl.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    <T> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The only one. */
    <T> T the(Class<T> kind) {
        assertThat(all(kind)).as(directory).hasSize(1);
        return all(kind).get(0);
    }

    <T extends HasMetadata> Optional<T> named(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(one -> one.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** What makes pods: service, job, timed jobs. */
    List<PodTemplateSpec> templates() {
        return objects.stream().flatMap(Bundle::template).toList();
    }

    List<PodSpec> pods() {
        return templates().stream().map(PodTemplateSpec::getSpec).toList();
    }

    private static Stream<PodTemplateSpec> template(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            return Stream.of(deployment.getSpec().getTemplate());
        }
        if (object instanceof Job job) {
            return Stream.of(job.getSpec().getTemplate());
        }
        if (object instanceof CronJob timed) {
            return Stream.of(timed.getSpec().getJobTemplate().getSpec().getTemplate());
        }
        return Stream.empty();
    }

    @Override
    public String toString() {
        return directory;
    }
}
