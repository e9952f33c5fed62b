package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Camel alone waits for ever for a branch that ended by an error. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StepErrorsTest {
    @Test
    void a_branch_that_ends_by_an_error_ends_its_multicast() throws Exception {
        assertThat(failureOf("direct:at-once"))
                .rootCause()
                .isInstanceOf(StepErrors.StepEndedByError.class)
                .hasMessage("the step breaks ended by java.lang.StackOverflowError");
    }

    @Test
    void so_does_one_in_a_route_that_a_branch_calls() throws Exception {
        assertThat(failureOf("direct:calls-at-once")).rootCause().isInstanceOf(StepErrors.StepEndedByError.class);
    }

    @Test
    void the_error_handling_sees_it_as_any_failure() throws Exception {
        assertThat(failureOf("direct:handled")).isNull();
    }

    private static Exception failureOf(String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getCamelContextExtension().addInterceptStrategy(new StepErrors());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    Processor breaks = exchange -> {
                        throw new StackOverflowError("synthetic text of a record");
                    };
                    from("direct:breaks")
                            .errorHandler(noErrorHandler())
                            .process(breaks)
                            .id("breaks-below");
                    from("direct:at-once")
                            .errorHandler(noErrorHandler())
                            .multicast()
                            .parallelProcessing()
                            .stopOnException()
                            .process(breaks)
                            .id("breaks")
                            .process(exchange -> TimeUnit.MILLISECONDS.sleep(10))
                            .end();
                    from("direct:calls-at-once")
                            .errorHandler(noErrorHandler())
                            .multicast()
                            .parallelProcessing()
                            .stopOnException()
                            .to("direct:breaks", "direct:breaks")
                            .end();
                    from("direct:handled")
                            .onException(Exception.class)
                            .handled(true)
                            .end()
                            .process(breaks);
                }
            });
            context.start();
            Exchange answer = context.createProducerTemplate().request(uri, exchange -> {});
            return answer.getException();
        }
    }
}
