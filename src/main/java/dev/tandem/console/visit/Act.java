package dev.tandem.console.visit;

import dev.tandem.operation.Operation;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.record.LetterVerdicts;
import dev.tandem.operation.request.DiscardRequest;
import dev.tandem.operation.request.RequestRefused;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.operation.request.SyncRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person can do here. Each is one operation of the admin API, and a line of the journal with who asked for it. */
public enum Act {
    RETRY("retry", "id") {
        @Override
        public String perform(Asking asking) {
            RetryRequest request =
                    new RetryRequest(false, asking.ids("id"), Optional.empty(), because(asking), asking.by());
            return verdicts(asking, asking.change(Operation.RETRY, "/api/dead-letters/retry", request), "done.retry");
        }
    },
    RETRY_REASON("retry-reason", "reason") {
        @Override
        public String perform(Asking asking) {
            RetryRequest request = new RetryRequest(
                    true, List.of(), Optional.of(asking.needed("reason")), because(asking), asking.by());
            return verdicts(asking, asking.change(Operation.RETRY, "/api/dead-letters/retry", request), "done.retry");
        }
    },
    DISCARD("discard", "id") {
        @Override
        public String perform(Asking asking) {
            long id = asking.neededId("id");
            DiscardRequest request = new DiscardRequest(id, asking.needed("because"), asking.by());
            return verdicts(
                    asking,
                    asking.change(Operation.DISCARD, "/api/dead-letters/" + id + "/discard", request),
                    "done.discard");
        }

        @Override
        public boolean asksWhy() {
            return true;
        }
    },
    PAUSE("pause", "flow") {
        @Override
        public String perform(Asking asking) {
            String flow = asking.needed("flow");
            asking.change(Operation.PAUSE, "/api/flows/" + flow + "/pause", new Operation.ByFlow(flow));
            return asking.visit().say("done.pause", asking.visit().flow(flow));
        }
    },
    RESUME("resume", "flow") {
        @Override
        public String perform(Asking asking) {
            String flow = asking.needed("flow");
            asking.change(Operation.RESUME, "/api/flows/" + flow + "/resume", new Operation.ByFlow(flow));
            return asking.visit().say("done.resume", asking.visit().flow(flow));
        }
    },
    SWEEP("sweep", "flow") {
        @Override
        public String perform(Asking asking) {
            sweep(asking, false);
            return asking.visit().say("done.sweep", asking.visit().flow(asking.needed("flow")));
        }
    },
    FULL_SWEEP("full-sweep", "flow") {
        @Override
        public String perform(Asking asking) {
            sweep(asking, true);
            return asking.visit().say("done.sweep", asking.visit().flow(asking.needed("flow")));
        }
    },
    REOPEN("reopen", "system") {
        @Override
        public String perform(Asking asking) {
            String system = asking.needed("system");
            asking.change(Operation.REOPEN, "/api/reopen/" + system, new Operation.BySystem(system));
            return asking.visit().say("done.reopen", asking.visit().system(system));
        }
    },
    COMPARE("compare", "") {
        @Override
        public String perform(Asking asking) {
            asking.change(Operation.COMPARE, "/api/compare", CompareRequest.ALL);
            return asking.visit().say("done.compare");
        }
    },
    REPAIR("repair", "") {
        @Override
        public String perform(Asking asking) {
            asking.change(
                    Operation.COMPARE, "/api/compare", new CompareRequest(Optional.empty(), Optional.empty(), true));
            return asking.visit().say("done.repair");
        }
    },
    STOP_COMPARE("stop-compare", "") {
        @Override
        public String perform(Asking asking) {
            asking.change(Operation.STOP_COMPARE, "/api/compare/stop", new Operation.Nothing());
            return asking.visit().say("done.stop-compare");
        }
    },
    APPROVE("approve", "") {
        @Override
        public String perform(Asking asking) {
            asking.change(Operation.APPROVE, "/api/approve", new Operation.Approval(asking.by()));
            return asking.visit().say("done.approve");
        }
    };

    private static final Duration WAIT = Duration.ofSeconds(60);

    private final String code;
    private final String field;

    /** @param field that says what it is done to; blank if that is clear */
    Act(String code, String field) {
        this.code = code;
        this.field = field;
    }

    public static Act of(Asking asking) {
        String code = asking.needed("do");
        return Arrays.stream(values())
                .filter(act -> act.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new RequestRefused(404, "no-such-act", "there is no such act"));
    }

    public String code() {
        return code;
    }

    public String field() {
        return field;
    }

    /** Does it, and says what became of it. */
    public abstract String perform(Asking asking);

    /** Whether it is done with a reason only. */
    public boolean asksWhy() {
        return false;
    }

    private static Optional<String> because(Asking asking) {
        return asking.field("because");
    }

    private static void sweep(Asking asking, boolean full) {
        SyncRequest request = new SyncRequest(Optional.of(asking.needed("flow")), full, Optional.empty(), WAIT);
        asking.change(Operation.SYNC, "/api/sync", request);
    }

    private static String verdicts(Asking asking, LetterVerdicts verdicts, String done) {
        long times = verdicts.verdicts().stream()
                .filter(LetterVerdicts.Verdict::done)
                .count();
        String known = verdicts.verdicts().stream()
                .map(LetterVerdicts.Verdict::words)
                .filter(words -> !words.isEmpty())
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; "));
        String left = verdicts.verdicts().size() > times
                ? " " + asking.visit().say("done.not", verdicts.verdicts().size() - times)
                : "";
        return asking.visit().say(done, times) + left + (known.isEmpty() ? "" : " " + known);
    }
}
