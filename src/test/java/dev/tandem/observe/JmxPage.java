package dev.tandem.observe;

import java.util.List;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;

/** {@code docs/reference/jmx.md}, from what the beans say of themselves. */
final class JmxPage {
    private JmxPage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # JMX

                <!-- Made from the beans' own descriptions by JmxPageTest; edits here are lost. -->

                For people who watch or control Tandem with a JMX console. On the same machine and as the same user, `jconsole` or any other
                console attaches to the process without any setting. For remote access, see [monitoring](../operate/monitoring.md#jmx). The
                same numbers are [metrics](metrics.md). Numbers from the ledger are at most a few seconds old. The attribute's descriptor
                holds the unit, as `units`.
                """);
        bean(page, Beans.nameOfFlow("primero-to-oscar"), Beans.flow("", JmxPage::none, new NoControl(), name -> {}));
        page.append("\nThe same for `")
                .append(Beans.nameOfFlow("oscar-to-primero"))
                .append("`.\n");
        bean(
                page,
                Beans.nameOfConfiguration(),
                Beans.configuration(() -> new Configuration("", java.util.Optional.empty()), () -> 0, List::of));
        bean(page, Beans.nameOfParity(), Beans.parity(java.util.Optional::empty, () -> ""));
        page.append("""

                ## Camel's own

                Each route is a bean such as `org.apache.camel:context=tandem,type=routes,name="sweep-primero"`, named by its id in the route
                file. You can stop and start it, and it shows how many exchanges it has seen. `type=processors` has each step by its id.

                If you stop a route here, it stops only in this process and only until its next start, and it makes the process *not
                ready*. To stop a flow, use `pause`.
                """);
        return page.toString();
    }

    private static void bean(StringBuilder page, String name, DynamicMBean bean) {
        page.append("\n## `").append(name).append("`\n\n");
        page.append(bean.getMBeanInfo().getDescription()).append("\n\n");
        page.append("| attribute | type | unit | |\n|---|---|---|---|\n");
        for (MBeanAttributeInfo attribute : bean.getMBeanInfo().getAttributes()) {
            page.append("| `")
                    .append(attribute.getName())
                    .append("` | ")
                    .append(attribute.getType().replaceFirst("java\\.lang\\.", ""))
                    .append(" | ")
                    .append(attribute.getDescriptor().getFieldValue("units"))
                    .append(" | ")
                    .append(attribute.getDescription())
                    .append(" |\n");
        }
        if (bean.getMBeanInfo().getOperations().length > 0) {
            page.append("\nOperations take no parameters and return a sentence.\n\n| operation | |\n|---|---|\n");
        }
        for (MBeanOperationInfo operation : bean.getMBeanInfo().getOperations()) {
            page.append("| `")
                    .append(operation.getName())
                    .append("` | ")
                    .append(operation.getDescription())
                    .append(" |\n");
        }
    }

    private static FlowReading none() {
        throw new IllegalStateException("the page has no values");
    }

    private static final class NoControl implements FlowControl {
        @Override
        public String syncNow(String flow) {
            return "";
        }

        @Override
        public String pause(String flow) {
            return "";
        }

        @Override
        public String resume(String flow) {
            return "";
        }

        @Override
        public String retryParked(String flow) {
            return "";
        }
    }
}
