package dev.tandem.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.files.EditedDirectory;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a swap does to routes that do not start, or are not to start. */
class RouteSwapTest {
    /** Whether a route that begins at {@code moody:} refuses to start, and how. */
    private final AtomicBoolean moody = new AtomicBoolean();

    private final AtomicBoolean byError = new AtomicBoolean();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final DefaultCamelContext context = context();
    private final Door door = new Door() {
        @Override
        public void shut() {
            open.set(false);
        }

        @Override
        public void open() {
            open.set(true);
        }
    };
    private final RouteSwap swap = new RouteSwap(context, this::context, door, Duration.ofSeconds(5));

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void a_route_that_cannot_start_again_is_owed_and_the_door_opens() throws Exception {
        // The route of the middle changes; what begins it is stopped meanwhile.
        Edition before =
                begin(route("begins", "moody:a", "", "direct:middle"), route("middle", "direct:middle", "", "log:a"));
        moody.set(true);

        swap.swap(
                before,
                edition(route("begins", "moody:a", "", "direct:middle"), route("middle", "direct:middle", "", "log:b")),
                () -> {});

        assertThat(open).isTrue();
        assertThat(status("begins")).isNotEqualTo(ServiceStatus.Started);
        swap.startOwed();
        assertThat(status("begins")).isNotEqualTo(ServiceStatus.Started);
        moody.set(false);
        swap.startOwed();
        assertThat(status("begins")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void a_new_version_that_does_not_start_gives_way_to_the_one_before_whatever_was_thrown() throws Exception {
        for (boolean error : List.of(false, true)) {
            byError.set(error);
            moody.set(false);
            Edition before = begin(route("begins", "direct:begins", "", "log:a"));
            moody.set(true);
            assertThatThrownBy(() -> swap.swap(before, edition(route("begins", "moody:b", "", "log:a")), () -> {}))
                    .isInstanceOf(RouteSwap.Failed.class);
            assertThat(status("begins")).isEqualTo(ServiceStatus.Started);
            assertThat(context.getRoute("begins").getEndpoint().getEndpointUri())
                    .isEqualTo("direct://begins");
            assertThat(open).isTrue();
        }
    }

    @Test
    void an_edit_that_says_not_to_start_is_obeyed_and_one_that_says_to_start_as_well() throws Exception {
        Edition runs = begin(route("begins", "moody:a", "", "log:a"));
        Edition rests = edition(route("begins", "moody:a", "autoStartup: \"false\"", "log:a"));

        swap.swap(runs, rests, () -> {});
        assertThat(status("begins")).isNotEqualTo(ServiceStatus.Started);

        swap.swap(rests, runs, () -> {});
        assertThat(status("begins")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void an_edit_that_takes_the_precondition_away_has_the_route_run_and_one_that_gives_it_has_it_gone()
            throws Exception {
        Edition off = begin(route("begins", "moody:a", "precondition: \"false\"", "log:a"));
        Edition runs = edition(route("begins", "moody:a", "", "log:a"));
        assertThat(context.getRoute("begins")).isNull();

        swap.swap(off, runs, () -> {});
        assertThat(status("begins")).isEqualTo(ServiceStatus.Started);

        swap.swap(runs, off, () -> {});
        swap.startOwed();
        assertThat(context.getRoute("begins")).isNull();

        swap.swap(off, runs, () -> {});
        assertThat(status("begins")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void what_an_operator_stopped_stays_so_though_it_is_replaced() throws Exception {
        Edition before = begin(route("begins", "moody:a", "", "log:a"));
        context.getRouteController().stopRoute("begins");

        swap.swap(before, edition(route("begins", "moody:a", "", "log:b")), () -> {});

        assertThat(status("begins")).isEqualTo(ServiceStatus.Stopped);
    }

    private ServiceStatus status(String route) {
        return context.getRouteController().getRouteStatus(route);
    }

    private Edition begin(String... routes) throws Exception {
        Edition edition = edition(routes);
        PluginHelper.getRoutesLoader(context)
                .updateRoutes(RouteTexts.resources(edition.routes().texts()));
        context.start();
        return edition;
    }

    private static Edition edition(String... routes) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < routes.length; i++) {
            texts.put("r" + i + ".camel.yaml", routes[i]);
        }
        EditedDirectory none = new EditedDirectory(new TreeMap<>(), List.of());
        return new Edition(new EditedDirectory(texts, List.of()), none);
    }

    private static String route(String id, String from, String more, String to) {
        return "- route:\n    id: " + id + "\n    " + more + "\n    from:\n      uri: " + from
                + "\n      steps:\n        - to: {id: " + id + "-to, uri: \"" + to + "\"}\n";
    }

    private DefaultCamelContext context() {
        DefaultCamelContext made = new DefaultCamelContext();
        made.setSourceLocationEnabled(true);
        made.disableJMX();
        made.addComponent("moody", new Moody());
        return made;
    }

    private final class Moody extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String rest, java.util.Map<String, Object> options) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor) {
                        @Override
                        protected void doStart() throws Exception {
                            if (moody.get() && byError.get()) {
                                throw new StackOverflowError();
                            }
                            if (moody.get()) {
                                throw new IllegalStateException("not now");
                            }
                            super.doStart();
                        }
                    };
                }
            };
        }
    }
}
