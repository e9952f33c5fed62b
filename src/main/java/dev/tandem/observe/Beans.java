package dev.tandem.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beans under {@code dev.tandem}, in the platform's own server: docs/reference/jmx.md. */
final class Beans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Beans.class);

    private final MBeanServer server;
    private final List<ObjectName> registered = new ArrayList<>();

    Beans(MBeanServer server) {
        this.server = server;
    }

    static String nameOfFlow(String flow) {
        return "dev.tandem:type=Flow,name=" + flow;
    }

    static String nameOfConfiguration() {
        return "dev.tandem:type=Configuration";
    }

    /** @param asked is told which operation somebody asks for, before it is done */
    static DescribedBean flow(String flow, Supplier<FlowReading> reading, FlowControl control, Consumer<String> asked) {
        List<DescribedBean.Shown> attributes = Arrays.stream(Figure.values())
                .map(figure -> new DescribedBean.Shown(
                        figure.attribute(),
                        figure.type(),
                        figure.unit(),
                        figure.words(),
                        () -> figure.shown(reading.get())))
                .toList();
        return new DescribedBean(
                "One direction between two systems.",
                attributes,
                List.of(
                        doable(
                                "syncNow",
                                "Reads what changed in the flow's source since the last sweep, now. Returns at once.",
                                () -> control.syncNow(flow),
                                asked),
                        doable(
                                "pause",
                                "Pauses the flow in every replica, also across restarts. Records in work are"
                                        + " finished; records are still marked.",
                                () -> control.pause(flow),
                                asked),
                        doable("resume", "Resumes the flow in every replica.", () -> control.resume(flow), asked),
                        doable(
                                "retryParked",
                                "Tries again everything that is parked in this flow, except conflicts and referrals"
                                        + " that may have arrived.",
                                () -> control.retryParked(flow),
                                asked)));
    }

    private static DescribedBean.Doable doable(
            String name, String words, Supplier<String> action, Consumer<String> asked) {
        return new DescribedBean.Doable(name, words, () -> {
            asked.accept(name);
            return action.get();
        });
    }

    static String nameOfParity() {
        return "dev.tandem:type=Parity";
    }

    static DescribedBean parity(Supplier<Optional<Parity>> parity, Supplier<String> compareNow) {
        return new DescribedBean(
                "What the last comparison of everything in both systems found.",
                List.of(
                        number(
                                "Records",
                                "Cases that have to do with OSCaR, with their clients, and clients without a case.",
                                parity,
                                last -> last.run().records()),
                        number("InStep", "Those without a difference.", parity, last -> last.run()
                                .inStep()),
                        number("Pending", "Those whose every difference was on its way.", parity, last -> last.run()
                                .pending()),
                        new DescribedBean.Shown(
                                "Summary",
                                String.class,
                                "a sentence",
                                "The same in words; empty before the first comparison.",
                                () -> parity.get().map(Parity::summary).orElse("")),
                        new DescribedBean.Shown(
                                "ComparedAt",
                                String.class,
                                "ISO 8601, UTC",
                                "When it ended; empty before the first comparison.",
                                () -> parity.get()
                                        .map(last -> last.run().endedAt().toString())
                                        .orElse(""))),
                List.of(new DescribedBean.Doable(
                        "compareNow", "Begins a comparison in the background. Returns at once.", compareNow)));
    }

    private static DescribedBean.Shown number(
            String name, String words, Supplier<Optional<Parity>> parity, ToLongFunction<Parity> value) {
        return new DescribedBean.Shown(name, Long.class, "records", words, () -> parity.get()
                .map(value::applyAsLong)
                .orElse(0L));
    }

    static DescribedBean configuration(
            Supplier<Configuration> configuration, LongSupplier undelivered, Supplier<List<Verdict>> verdicts) {
        return new DescribedBean(
                "The routes and mappings in force, and whether a person must act.",
                List.of(
                        new DescribedBean.Shown(
                                "Version",
                                String.class,
                                "hash",
                                "The version of routes and mappings in force.",
                                () -> configuration.get().version()),
                        new DescribedBean.Shown(
                                "LastRejectedEdit",
                                String.class,
                                "one fault a line: file, line, reason",
                                "The faults of the last edit, which changed nothing; empty if it was accepted.",
                                () -> configuration
                                        .get()
                                        .rejected()
                                        .map(rejected -> String.join("\n", rejected.faults()))
                                        .orElse("")),
                        new DescribedBean.Shown(
                                "LastRejectedAt",
                                String.class,
                                "ISO 8601, UTC",
                                "When the last edit was refused; empty if it was accepted.",
                                () -> configuration
                                        .get()
                                        .rejected()
                                        .map(rejected -> rejected.at().toString())
                                        .orElse("")),
                        new DescribedBean.Shown(
                                "Drift",
                                String.class,
                                "one sentence a line",
                                "What has drifted in both systems since they were first examined, or fails; empty if there"
                                        + " is nothing.",
                                () -> verdicts.get().stream()
                                        .filter(verdict -> verdict.reason().equals(Trouble.DRIFT.code()))
                                        .map(Verdict::details)
                                        .collect(Collectors.joining("\n"))),
                        new DescribedBean.Shown(
                                "UndeliveredNotices",
                                Long.class,
                                "notices",
                                "Notices that could not be sent by mail or webhook, and are tried again.",
                                undelivered::getAsLong),
                        new DescribedBean.Shown(
                                "Degraded",
                                String.class,
                                "one reason a line",
                                "What a person should know, and what to do; empty if there is nothing.",
                                () -> verdicts.get().stream()
                                        .map(Verdict::sentence)
                                        .collect(Collectors.joining("\n")))),
                List.of());
    }

    /** Whether this one is registered here. */
    boolean has(String name) {
        return registered.stream().anyMatch(known -> known.toString().equals(name));
    }

    /** Registers it; where another service of this process has done so already, that one's stays. */
    void register(String name, DescribedBean bean) {
        try {
            ObjectName object = new ObjectName(name);
            server.registerMBean(bean, object);
            registered.add(object);
        } catch (JMException e) {
            LOG.warn("{} is not in JMX: {}", name, e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        for (ObjectName name : registered) {
            try {
                server.unregisterMBean(name);
            } catch (JMException e) {
                LOG.debug("{} was not in JMX any more", name);
            }
        }
        registered.clear();
    }
}
