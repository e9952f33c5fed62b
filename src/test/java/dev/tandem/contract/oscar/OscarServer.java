package dev.tandem.contract.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Caller;
import dev.tandem.contract.Created;
import dev.tandem.contract.Different;
import dev.tandem.contract.NotTestable;
import dev.tandem.contract.Stop;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.OscarSettings;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.ReferralBody;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An OSCaR that is asked: a simulator of its own with a clock that stands still, or a test server that others share. */
public final class OscarServer implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    static final String CLIENTS = "/api/v1/organizations/clients";
    static final String UPSERT = CLIENTS + "/upsert";
    static final String LINKS = CLIENTS + "/update_links";
    static final String STATUSES = "/api/v1/organizations/referrals/update_statuses";
    static final String SIGN_IN = "/api/v1/admin_auth/sign_in";

    private final Account account;
    private final Caller anonymous;
    private final Optional<OscarSimulator> simulator;
    private final Created created;
    private Caller signedIn;
    private Optional<Boolean> savesReferrals = Optional.empty();

    /**
     * With what a test server is asked.
     *
     * @param ngo the short name of an NGO that may be sent referrals of synthetic children; without one none is sent
     * @param wrongPassword whether one wrong password may be sent
     */
    public record Account(String url, String user, String password, Optional<String> ngo, boolean wrongPassword) {
        @Override
        public String toString() {
            return "Account[" + url + "]";
        }
    }

    private OscarServer(
            Account account, UnaryOperator<Caller> through, Optional<OscarSimulator> simulator, Created created) {
        this.account = account;
        this.anonymous = through.apply(new Caller(account.url(), Map.of("Accept", "application/json")));
        this.simulator = simulator;
        this.created = created;
    }

    /**
     * @param head whether it is OSCaR's head as shipped, where each save of a referral raises
     * @param through what every call goes through; a test may distort the answers there
     */
    public static OscarServer simulated(boolean head, UnaryOperator<Caller> through) {
        OscarSettings settings = OscarSettings.standard().withTenants("cif", "gpc");
        OscarSimulator simulator = OscarSimulator.start(settings, SimClock.frozenAt(NOON));
        simulator.switches().headRegression(head);
        simulator.worker("gpc").newClient(ClientForm.named("Other", "Sample"));
        Account account = new Account(simulator.url(), settings.email(), settings.password(), Optional.of("cif"), true);
        return new OscarServer(account, through, Optional.of(simulator), new Created("tandem-contract-simulated"));
    }

    public static OscarServer live(Account account, Created created, Duration pause) {
        return new OscarServer(account, caller -> caller.paced(pause), Optional.empty(), created);
    }

    /** Whether anybody is there at all, before anything else is sent. */
    public void reach() {
        anonymous.reach("/api/v1/organizations");
    }

    /** What only the simulator can show; a test server has no such handle. */
    OscarSimulator simulator(String needed) {
        return simulator.orElseThrow(() -> new NotTestable("needs " + needed));
    }

    /** Looks behind the answers where that is possible. */
    Optional<OscarSimulator> behind() {
        return simulator;
    }

    boolean mayUseWrongPassword() {
        return account.wrongPassword();
    }

    String email() {
        return account.user();
    }

    String password() {
        return account.password();
    }

    String ngo() {
        return account.ngo().orElseThrow(() -> new NotTestable("needs -Dcontract.oscar.ngo"));
    }

    /** An external id that nobody has; every referral and client of this run has one. */
    String externalId() {
        String id = created.nextName();
        created.add("OSCaR external_id", id);
        return id;
    }

    String mark() {
        return created.mark();
    }

    void later(Duration by) {
        simulator("the clock").clock().advance(by);
    }

    Caller anonymous() {
        return anonymous;
    }

    Answer signIn(String email, String password) {
        return anonymous.send(
                "POST",
                SIGN_IN,
                Json.of(Map.of("email", email, "password", password)).toString());
    }

    /** Signed in once, and used by all clauses. */
    Caller signedIn() {
        if (signedIn == null) {
            Answer answer = signIn(account.user(), account.password());
            if (answer.status() == 401 && simulator.isEmpty()) {
                throw Stop.refused("OSCaR refuses the account; nothing more is sent");
            }
            signedIn = withTokenOf(answer.is(200));
        }
        return signedIn;
    }

    Caller withTokenOf(Answer signIn) {
        Caller caller = anonymous;
        for (String name : new String[] {"access-token", "client", "uid"}) {
            caller = caller.with(
                    name, signIn.header(name).orElseThrow(() -> new Different("a header " + name, signIn.shape())));
        }
        return caller;
    }

    Answer get(String path) {
        return signedIn().send("GET", path, (String) null);
    }

    /** Everybody: only of a simulator, a server takes minutes or hours for it. */
    Answer feed() {
        simulator("a feed that is small");
        return get(CLIENTS);
    }

    Answer feed(String since) {
        return get(CLIENTS + "?since_date=" + encoded(since));
    }

    JsonNode row(Answer feed, String slug) {
        for (JsonNode row : feed.is(200).data()) {
            if (row.path("slug").asText().equals(slug)) {
                return row;
            }
        }
        throw new Different("a row of that client", "none");
    }

    boolean shows(Answer feed, String slug) {
        return feed.is(200).values("slug").contains(slug);
    }

    Answer upsert(ObjectNode organization) {
        return signedIn()
                .send(
                        "POST",
                        UPSERT,
                        Json.object().set("organization", organization).toString());
    }

    Answer put(String path, ObjectNode... rows) {
        ArrayNode list = Json.array();
        for (ObjectNode row : rows) {
            list.add(row);
        }
        return signedIn().send("PUT", path, Json.object().set("data", list).toString());
    }

    /** A complete, valid referral of a synthetic child. */
    ObjectNode referral(String externalId, String globalId) {
        return referral(ngo(), externalId, globalId);
    }

    ObjectNode referral(String ngo, String externalId, String globalId) {
        return ReferralBody.of(ngo, externalId, globalId)
                .put("family_name", mark())
                .put("reason_for_referral", mark());
    }

    /** At OSCaR's head no referral can be saved; what builds on one cannot be seen there. */
    void needsReferrals() {
        if (savesReferrals.isEmpty()) {
            int status = upsert(referral(externalId(), "")).status();
            savesReferrals = Optional.of(status != 500);
        }
        if (!savesReferrals.get()) {
            throw new NotTestable("this server answers every save of a referral with 500 (oscar-interop 12)");
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        simulator.ifPresent(OscarSimulator::close);
    }
}
