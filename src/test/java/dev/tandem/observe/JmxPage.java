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

                On the machine itself, as the same user, `jconsole` or any other console attaches to the process without any
                setting. From elsewhere: [monitoring.md](../operate/monitoring.md). The same numbers as metrics: [metrics.md](metrics.md).
                Numbers that come from the ledger are a few seconds old at most. Each unit is also in the attribute's
                descriptor, as `units`.
                """);
        bean(page, Beans.nameOfFlow("primero-to-oscar"), Beans.flow("", JmxPage::none, new NoControl()));
        page.append("\nLikewise `").append(Beans.nameOfFlow("oscar-to-primero")).append("`.\n");
        bean(
                page,
                Beans.nameOfConfiguration(),
                Beans.configuration(() -> new Configuration("", java.util.Optional.empty()), List::of));
        page.append("""

                ## Camel's own

                `org.apache.camel:context=tandem,type=routes,name="sweep-primero"` and so on, by the ids in the route files: each can be
                stopped and started, and says how many exchanges it has seen. `type=processors` has each step by its id. A route that
                is stopped here is stopped in this process only, until its next start, and makes it *not ready*: to stop a flow, use
                `pause`.
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
            page.append("\nOperations take no parameters and answer in a sentence.\n\n| operation | |\n|---|---|\n");
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
