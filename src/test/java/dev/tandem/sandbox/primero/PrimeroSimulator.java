package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.CallLog;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.http.SimServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A Primero v2 with its state in memory. HTTP at {@link #url} ({@code /api/v2/...}, and {@code /_control/...} for another
 * process); from Java, {@link #worker} acts as a human does and the readers tell what arrived. Thread-safe.
 */
public final class PrimeroSimulator implements AutoCloseable {
    private interface Endpoint {
        Reply answer(Request request, Account user);
    }

    /** Of every account but the service's. */
    public static final String HUMAN_PASSWORD = "synthetic-human-password";

    private final Options options;
    private final Configuration configuration = Configuration.cambodia();
    private final SimServer server;
    private final Cases cases;
    private final Listing listing;
    private final Referrals referrals;
    private final Webhooks webhooks;
    private final SignIn signIn;
    private final Sessions sessions = new Sessions();
    private final Locations locations = new Locations();
    private final AtomicReference<Runnable> inNextSave = new AtomicReference<>();
    private final Map<String, Hold> heldSaves = new ConcurrentHashMap<>();
    private volatile Duration lostUpdateWindow = Duration.ZERO;
    private volatile boolean locked;

    private PrimeroSimulator(Options options) {
        this.options = options;
        this.server = new SimServer(options.clock(), options.port());
        configuration.addUser(
                options.user(),
                options.password(),
                Role.service(),
                Configuration.GOVERNMENT,
                List.of("usergroup-sync"));
        this.cases = new Cases(configuration, options.version(), options.clock(), this::fire);
        cases.window(this::window);
        CaseView view = new CaseView(configuration.forms());
        this.referrals = new Referrals(cases, configuration, options.clock());
        this.webhooks = new Webhooks(cases.store(), view, options.clock(), options.version());
        this.signIn = new SignIn(configuration, options.clock());
        this.listing = new Listing(cases.store(), view, locations, options.seed());
        CasesApi casesApi = new CasesApi(cases, view, listing, webhooks, options.version());
        routeCases(casesApi);
        routeReferrals(new ReferralsApi(referrals, cases, casesApi, view, options.seed()));
        routeTransfers(new TransfersApi(cases, casesApi, configuration));
        routeReference(new ReferenceApi(configuration, locations, options.version()));
        routeWebhooks(new WebhooksApi(webhooks));
        Throttle throttle = new Throttle(options.clock());
        server.route("POST", "/api/v2/tokens", throttle::signIn);
        server.route("GET", "/health", request -> Reply.empty(204));
        server.route(
                "GET",
                "/health/api",
                request -> locked ? Reply.empty(503).with("Retry-After", "60") : Reply.empty(204));
        new SimulatorControl(this).register(server.control());
    }

    public static PrimeroSimulator start() {
        return start(Options.defaults());
    }

    public static PrimeroSimulator start(Options options) {
        PrimeroSimulator simulator = new PrimeroSimulator(options);
        simulator.server.start();
        return simulator;
    }

    private void routeCases(CasesApi api) {
        route("GET", "/api/v2/cases", api::list);
        route("POST", "/api/v2/cases", api::create);
        route("GET", "/api/v2/cases/:id", api::show);
        route("PATCH", "/api/v2/cases/:id", api::update);
        route("PUT", "/api/v2/cases/:id", api::update);
        route("DELETE", "/api/v2/cases/:id", api::disable);
        route("POST", "/api/v2/cases/:id/sync", api::sync);
    }

    private void routeReferrals(ReferralsApi api) {
        route("GET", "/api/v2/cases/:id/referrals", api::list);
        route("POST", "/api/v2/cases/:id/referrals", api::create);
        route("POST", "/api/v2/cases/referrals", api::createMany);
        route("PATCH", "/api/v2/cases/:id/referrals/:referral", api::update);
        route("DELETE", "/api/v2/cases/:id/referrals/:referral", api::revoke);
    }

    private void routeTransfers(TransfersApi api) {
        route("POST", "/api/v2/cases/:id/transfers", api::create);
        route("PATCH", "/api/v2/cases/:id/transfers/:transfer", api::update);
    }

    private void routeReference(ReferenceApi api) {
        route("GET", "/api/v2/lookups", api::lookups);
        route("GET", "/api/v2/lookups/:id", api::lookup);
        route("GET", "/api/v2/forms", api::forms);
        route("GET", "/api/v2/locations", api::locations);
        route("GET", "/api/v2/agencies", api::agencies);
        route("GET", "/api/v2/users", api::users);
        route("GET", "/api/v2/users/refer-to", api::referTo);
        route("GET", "/api/v2/users/:id", api::user);
        route("GET", "/api/v2/system_settings", api::systemSettings);
        route("GET", "/api/v2/primero_modules", api::modules);
    }

    private void routeWebhooks(WebhooksApi api) {
        route("GET", "/api/v2/webhooks", api::list);
        route("POST", "/api/v2/webhooks", api::create);
        route("DELETE", "/api/v2/webhooks/:id", api::delete);
    }

    /** Sign-in first, then the configuration lock, then the endpoint (contract primero-v2 §1.3). */
    private void route(String method, String template, Endpoint endpoint) {
        server.route(method, template, request -> {
            SignIn.Result who = signIn.check(request);
            if (who.refusal().isPresent()) {
                return who.refusal().get();
            }
            return sessions.kept(request, signedIn(endpoint, request, who.user().orElseThrow()));
        });
    }

    private Reply signedIn(Endpoint endpoint, Request request, Account user) {
        try {
            if (locked) {
                throw ApiError.locked();
            }
            return endpoint.answer(request, user);
        } catch (ApiError refused) {
            return refused.reply(request.path());
        }
    }

    private void fire(String event, String caseId) {
        webhooks.enqueue(event, caseId);
    }

    /** Without a slash at the end and without {@code /api/v2}. */
    public String url() {
        return server.url();
    }

    public Options options() {
        return options;
    }

    public SimServer server() {
        return server;
    }

    public SimClock clock() {
        return server.clock();
    }

    public CallLog calls() {
        return server.calls();
    }

    public Faults faults() {
        return server.faults();
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    public Configuration configuration() {
        return configuration;
    }

    /** Acts as that user would on screen; the acts are not HTTP calls and are not counted as such. */
    public SocialWorker worker(String userName) {
        return new SocialWorker(this, configuration.user(userName).orElseThrow());
    }

    /** Acts as the owner of province 12. */
    public SocialWorker worker() {
        return worker("mgrpnh");
    }

    /** A new configuration is being applied: 503 on every API route until it is done. */
    public void configurationLock(boolean on) {
        locked = on;
    }

    /** Changes a user: disabled, another role. */
    public void changeUser(String name, UnaryOperator<Account> change) {
        configuration.replace(change.apply(configuration.user(name).orElseThrow()));
    }

    public void disableUser(String name) {
        changeUser(name, user -> user.withDisabled(true));
    }

    public void enableUser(String name) {
        changeUser(name, user -> user.withDisabled(false));
    }

    public void addUser(String name, String password, Role role, String agency, List<String> groups) {
        configuration.addUser(name, password, role, agency, groups);
    }

    /** Its processes run in that zone, not in UTC as they should. */
    public void serverTimeZone(ZoneOffset zone) {
        listing.server(zone);
    }

    /** An administrator adds a place below another one. */
    public void addLocation(String code, String type, String parent) {
        locations.add(code, type, parent);
    }

    /** How many rows its table of sessions holds. */
    public int sessionRows() {
        return sessions.rows();
    }

    public boolean isAccountLocked(String name) {
        return signIn.isLocked(name);
    }

    /** Puts a case in as it is, such as an import left it: not validated, no webhook. Returns its id. */
    public String plant(ObjectNode data) {
        return cases.plant(data).id();
    }

    /**
     * Runs once, inside the next save of any case, between its read and its write and without a lock: what is saved in it
     * is overwritten (contract primero-v2 §3.10), and is stamped later though visible earlier (§2.5).
     */
    public void inNextSave(Runnable act) {
        inNextSave.set(act);
    }

    /** Keeps every save open that long between read and write; zero closes the window again. */
    public void lostUpdateWindow(Duration open) {
        lostUpdateWindow = open;
    }

    /**
     * The next save of that case, by whomever, stands between its read and its write until it is released; all others are as
     * ever. What is saved meanwhile is overwritten.
     */
    public Hold holdNextSave(String caseId) {
        Hold hold = new Hold();
        heldSaves.put(caseId, hold);
        return hold;
    }

    private Optional<Runnable> window(String caseId) {
        Runnable act = inNextSave.getAndSet(null);
        Optional<Hold> hold = Optional.ofNullable(heldSaves.remove(caseId)).filter(each -> !each.isReleased());
        Duration open = lostUpdateWindow;
        if (act == null && hold.isEmpty() && open.isZero()) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            if (act != null) {
                act.run();
            }
            hold.ifPresent(Hold::pass);
            LockSupport.parkNanos(open.toNanos());
        });
    }

    /** Delivers the webhooks that wait. @return how many requests went out */
    public int deliverWebhooks() {
        return webhooks.deliver();
    }

    /**
     * A background job re-saves all cases of a user (trap 18): stamps and webhooks, no content, and who is named as the
     * last to update stays.
     *
     * @return how many
     */
    public int massBump(String userName) {
        List<String> ids = cases.store().byCreation().stream()
                .filter(row -> row.ownedBy().equals(userName))
                .map(Stored::id)
                .toList();
        ids.forEach(id -> cases.save(id, Write.Kind.BACKGROUND, null, data -> data));
        return ids.size();
    }

    /** All cases with all they hold, oldest first. With many cases this is large. */
    public List<ObjectNode> cases() {
        return cases.store().byCreation().stream().map(PrimeroSimulator::whole).toList();
    }

    /** Those that bear this slug of an OSCaR client. */
    public List<ObjectNode> casesOfClient(String slug) {
        return cases().stream()
                .filter(one -> one.path("oscar_short_id").asText().equals(slug))
                .toList();
    }

    public int caseCount() {
        return cases.store().size();
    }

    public Optional<ObjectNode> caseById(String id) {
        return cases.store().find(id).map(PrimeroSimulator::whole);
    }

    public Optional<ObjectNode> caseByCaseId(String caseId) {
        return cases.store().withCaseId(caseId).stream().findFirst().map(PrimeroSimulator::whole);
    }

    /** All that have that number: Primero does not keep it unique. */
    public List<ObjectNode> caseByOscarNumber(String number) {
        return cases.store().withOscarNumber(number).stream()
                .map(PrimeroSimulator::whole)
                .toList();
    }

    public List<Referral> referrals(String caseId) {
        return referrals.of(caseId);
    }

    public List<Referral> referrals() {
        return referrals.all();
    }

    /** Every save of that case, in order. */
    public List<Write> writesTo(String caseId) {
        return cases.writes().of(caseId);
    }

    /** Saves that user made. */
    public List<Write> writesBy(String user) {
        return cases.writes().all(write -> user.equals(write.user()));
    }

    /** Saves that changed something, by whomever. */
    public long effectiveWrites() {
        return cases.writes().effective();
    }

    Cases store() {
        return cases;
    }

    Referrals referralStore() {
        return referrals;
    }

    private static ObjectNode whole(Stored row) {
        ObjectNode data = row.data();
        data.put("id", row.id());
        return data;
    }

    @Override
    public void close() {
        webhooks.close();
        server.close();
    }
}
