package dev.tandem.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a step that ends by an {@link Error} fail as by an exception: a {@code multicast} one of whose branches ends by one
 * otherwise never ends (Camel), and with it the worker and its record.
 */
final class StepErrors implements InterceptStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(StepErrors.class);

    /** Its message names the kind of error only: an error's own may quote a record. */
    static final class StepEndedByError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepEndedByError(String step, Error error) {
            super("the step " + step + " ended by " + error.getClass().getName());
            setStackTrace(error.getStackTrace());
        }
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                AtomicBoolean later = new AtomicBoolean();
                try {
                    // Camel tells of the end of a plain step also when it ends by an error, as if all were well.
                    boolean now = super.process(exchange, synchronously -> {
                        if (!synchronously) {
                            later.set(true);
                            callback.done(false);
                        }
                    });
                    if (!now) {
                        return false;
                    }
                } catch (Error error) {
                    LOG.error(
                            "The step {} ended by {}",
                            step.getId(),
                            error.getClass().getName());
                    if (later.get()) {
                        return false;
                    }
                    exchange.setException(new StepEndedByError(step.getId(), error));
                }
                callback.done(true);
                return true;
            }
        };
    }
}
