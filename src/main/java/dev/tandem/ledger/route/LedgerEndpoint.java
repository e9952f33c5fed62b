package dev.tandem.ledger.route;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.Flow;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.util.TimeUtils;

/** One use of the ledger in a route. Every option belongs to some actions only; {@link LedgerAction} says which. */
@UriEndpoint(scheme = "ledger", title = "Ledger", syntax = "ledger:action", firstVersion = "0.1.0")
public class LedgerEndpoint extends DefaultEndpoint {
    @UriPath
    @Metadata(required = true)
    private final String action;

    @UriParam
    private String flow;

    @UriParam
    private String kinds = "";

    @UriParam
    private String record = "";

    @UriParam
    private String stamp = "";

    @UriParam
    private boolean onlyIfChanged;

    @UriParam
    private String kindOfCall = "";

    @UriParam
    private String kindBy = "";

    @UriParam
    private String wakes = "";

    @UriParam
    private String source;

    @UriParam
    private String once = "";

    @UriParam
    private String after = "";

    @UriParam
    private String deadline = "2m";

    @UriParam
    private boolean repeatable = true;

    @UriParam
    private String ignoring = "";

    @UriParam
    private String beside = "";

    @UriParam
    private String facts = "";

    @UriParam
    private String keep;

    @UriParam
    private String pause;

    @UriParam
    private String fullPause;

    @UriParam
    private String shownBy = "";

    LedgerEndpoint(String uri, LedgerComponent component, String action) {
        super(uri, component);
        this.action = action;
    }

    @Override
    public Producer createProducer() {
        LedgerAction chosen = LedgerAction.of(action, this);
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                chosen.process(exchange);
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DefaultConsumer consumer =
                switch (action) {
                    case "claim" -> {
                        Flow.checkName(required(flow, "flow"));
                        yield new ClaimConsumer(this, processor);
                    }
                    case "wanted-sweep" -> {
                        required(source, "source");
                        yield new WantedSweepConsumer(this, processor);
                    }
                    default ->
                        throw new IllegalArgumentException(
                                "a route can begin with ledger:claim or ledger:wanted-sweep, not with ledger:"
                                        + action);
                };
        configureConsumer(consumer);
        return consumer;
    }

    Ledger ledger() {
        return ((LedgerComponent) getComponent()).ledger();
    }

    LedgerComponent component() {
        return (LedgerComponent) getComponent();
    }

    String required(String value, String option) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("ledger:" + action + " needs the option " + option);
        }
        return value;
    }

    Duration duration(String value, String option) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(required(value, option)));
    }

    /** The longest an intended call can take in all. */
    Duration longest() {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(deadline));
    }

    public String getFlow() {
        return flow;
    }

    /** claim: the flow that is delivered, {@code SOURCE-to-TARGET}; mark: the flow, or several with commas. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    public String getKinds() {
        return kinds;
    }

    /** claim: the kinds of effects of the flow, with commas, for the metrics: each is there, at 0, from the start. */
    public void setKinds(String kinds) {
        this.kinds = kinds;
    }

    public String getRecord() {
        return record;
    }

    /** mark: where in a JSON object the record's key is, as a JSON pointer. */
    public void setRecord(String record) {
        this.record = record;
    }

    public String getStamp() {
        return stamp;
    }

    /** mark: where in a JSON object the source's own time of change is, as a JSON pointer. */
    public void setStamp(String stamp) {
        this.stamp = stamp;
    }

    public boolean isOnlyIfChanged() {
        return onlyIfChanged;
    }

    /** intend: true if a confirmed effect is not sent again while it is made of the same input. */
    public void setOnlyIfChanged(boolean onlyIfChanged) {
        this.onlyIfChanged = onlyIfChanged;
    }

    public String getKindOfCall() {
        return kindOfCall;
    }

    /** intend: what such calls are called; those of one name are held together if the system fails them all. */
    public void setKindOfCall(String kindOfCall) {
        this.kindOfCall = kindOfCall;
    }

    public String getKindBy() {
        return kindBy;
    }

    /** intend: a JSON pointer into the body to whom they go, if they are held for each of those alone. */
    public void setKindBy(String kindBy) {
        this.kindBy = kindBy;
    }

    public String getWakes() {
        return wakes;
    }

    /** claim: the flow whose item of a record's twin is marked when what it depends on has changed. */
    public void setWakes(String wakes) {
        this.wakes = wakes;
    }

    public String getSource() {
        return source;
    }

    /** begin-sweep, complete-sweep, want-sweep, wanted-sweep, heard: the system that is read. */
    public void setSource(String source) {
        this.source = source;
    }

    public String getOnce() {
        return once;
    }

    /** decide: kinds, with commas, of which a confirmed effect is never sent again whatever its content. */
    public void setOnce(String once) {
        this.once = once;
    }

    public String getAfter() {
        return after;
    }

    /** intend: the flow whose open items of linked records come first; begin-sweep: the source that `sync` reads before. */
    public void setAfter(String after) {
        this.after = after;
    }

    public String getDeadline() {
        return deadline;
    }

    /** intend: the longest the call can take in all. */
    public void setDeadline(String deadline) {
        this.deadline = deadline;
    }

    public boolean isRepeatable() {
        return repeatable;
    }

    /** intend: false if nothing can tell whether a call whose answer was lost has taken effect. */
    public void setRepeatable(boolean repeatable) {
        this.repeatable = repeatable;
    }

    public String getIgnoring() {
        return ignoring;
    }

    /** intend, mark, read: JSON pointers, with commas, of what changes without being a change. */
    public void setIgnoring(String ignoring) {
        this.ignoring = ignoring;
    }

    public String getBeside() {
        return beside;
    }

    /** intend: JSON pointers, with commas, into the candidate: what is not sent, but decides whether the target takes it. */
    public void setBeside(String beside) {
        this.beside = beside;
    }

    public String getFacts() {
        return facts;
    }

    /** intend: what to remember of the body, {@code name=/json/pointer} with commas; nothing personal. */
    public void setFacts(String facts) {
        this.facts = facts;
    }

    public String getPause() {
        return pause;
    }

    /** wanted-sweep: the least time between a sweep's end and the next one that events ask for. */
    public void setPause(String pause) {
        this.pause = pause;
    }

    public String getFullPause() {
        return fullPause;
    }

    /** wanted-sweep: the least time between the beginnings of full sweeps. */
    public void setFullPause(String fullPause) {
        this.fullPause = fullPause;
    }

    public String getShownBy() {
        return shownBy;
    }

    /** confirm: the flow whose linked records must show it, and are compared anew for it when they are next read. */
    public void setShownBy(String shownBy) {
        this.shownBy = shownBy;
    }

    public String getKeep() {
        return keep;
    }

    /** forget: how long the journal is kept. */
    public void setKeep(String keep) {
        this.keep = keep;
    }
}
