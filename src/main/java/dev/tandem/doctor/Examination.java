package dev.tandem.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs checks side by side, each within its time; what they found comes in their order. */
final class Examination {
    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);
    private static final int AT_ONCE = 8;

    private Examination() {}

    static List<Finding> of(List<Check> checks) {
        ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, new CamelThreadFactory("#name#-#counter#", "doctor", true));
        try {
            List<Future<List<Finding>>> running = new ArrayList<>();
            checks.forEach(check -> running.add(threads.submit(check::run)));
            List<Finding> found = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                found.addAll(result(checks.get(i), running.get(i)));
            }
            return found;
        } finally {
            // Never by an interrupt: a call looks at its gate, and H2 closes its whole database under an interrupted
            // thread.
            threads.shutdown();
        }
    }

    private static List<Finding> result(Check check, Future<List<Finding>> running) {
        String why;
        try {
            return running.get(check.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            why = "Not checked: it took longer than " + check.limit().toSeconds() + " s.";
        } catch (ExecutionException e) {
            // A message may quote a record; where it happened is what helps.
            LOG.warn(
                    "The check {} failed: {} at {}",
                    check.name(),
                    e.getCause().getClass().getName(),
                    e.getCause().getStackTrace().length == 0
                            ? "?"
                            : e.getCause().getStackTrace()[0]);
            why = "Not checked: a defect of Tandem (" + e.getCause().getClass().getSimpleName()
                    + "); the log says where.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "Not checked: stopped.";
        }
        return new Findings(check.name()).warn("", why, "").all();
    }
}
