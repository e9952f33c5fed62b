package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged Tandem, attached to from outside as a console does it. */
class JmxIT {
    @TempDir
    Path directory;

    private MBeanServerConnection jmx;
    private ObjectName flow;

    @SuppressWarnings("BanJNDI") // to a process that this test has started itself
    @Test
    void from_outside_a_flow_is_read_stopped_let_go_on_swept_and_seen_to_settle() throws Exception {
        flow = new ObjectName("dev.tandem:type=Flow,name=primero-to-oscar");
        try (Bench bench =
                new Bench(directory).with("tandem.primero.schedule", "off").with("tandem.oscar.schedule", "off")) {
            bench.oscar.worker("gpc").newClient(ClientForm.named("Somebody", "Else"));
            bench.primero.worker().newCase(Children.of("Somebody", "Else"));
            bench.adopt();
            try (Child child = Child.run(bench, directory.resolve("tandem.log"))) {
                // A Java that is just starting takes no one in.
                Eventually.so("its start", child, () -> said("Tandem runs"));
                VirtualMachine machine = VirtualMachine.attach(String.valueOf(child.pid()));
                String address = machine.startLocalManagementAgent();
                machine.detach();
                try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
                    jmx = connector.getMBeanServerConnection();
                    Eventually.so("its beans", child, this::isThere);
                    Eventually.so("the first sweep", child, () -> !read("LastFullSweep")
                            .equals(""));
                    assertThat(descriptions()).noneMatch(String::isBlank);

                    assertThat(invoke("pause")).contains("paused");
                    refer(bench);
                    invoke("syncNow");
                    Eventually.so("a backlog", child, () -> read("Pending").equals(1L));
                    assertThat(bench.oscar.checks().referrals("cif")).isEmpty();

                    assertThat(invoke("resume")).contains("goes on");
                    Eventually.so(
                            "rest",
                            child,
                            () -> read("Pending").equals(0L)
                                    && read("Leased").equals(0L)
                                    && bench.oscar.checks().referrals("cif").size() == 1);
                }
                child.end();
            }
        }
    }

    private static void refer(Bench bench) {
        var worker = bench.primero.worker();
        String caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
    }

    private java.util.List<String> descriptions() throws Exception {
        MBeanInfo info = jmx.getMBeanInfo(flow);
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(info.getAttributes()), java.util.Arrays.stream(info.getOperations()))
                .map(feature -> feature.getDescription())
                .toList();
    }

    private boolean said(String words) {
        try {
            return Files.readString(directory.resolve("tandem.log")).contains(words);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean isThere() {
        try {
            return jmx.isRegistered(flow);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Object read(String attribute) {
        try {
            return jmx.getAttribute(flow, attribute);
        } catch (JMException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private String invoke(String operation) {
        try {
            return (String) jmx.invoke(flow, operation, new Object[0], new String[0]);
        } catch (JMException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
