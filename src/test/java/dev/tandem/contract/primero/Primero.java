package dev.tandem.contract.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Caller;
import dev.tandem.contract.Created;
import dev.tandem.contract.Different;
import dev.tandem.contract.NotTestable;
import dev.tandem.contract.Stop;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A Primero that is asked: a simulator of its own with a clock that stands still, or a test server that others share. */
public final class Primero implements AutoCloseable {
    static final String CASES = "/api/v2/cases";

    private final Caller caller;
    private final Caller anonymous;
    private final String user;
    private final boolean enums;
    private final boolean wrongPassword;
    private final Optional<String> recipient;
    private final Optional<PrimeroSimulator> simulator;
    private final Created created;

    private Primero(
            Account account, UnaryOperator<Caller> through, Optional<PrimeroSimulator> simulator, Created created) {
        Caller open = through.apply(new Caller(account.url(), Map.of()));
        this.anonymous = open;
        this.caller = open.with("Authorization", basic(account.user(), account.password()));
        this.user = account.user();
        this.enums = account.enums();
        this.wrongPassword = account.wrongPassword();
        this.recipient = account.recipient();
        this.simulator = simulator;
        this.created = created;
    }

    /**
     * With what a test server is asked.
     *
     * @param recipient an account that may receive referrals; without one no referral is made
     * @param enums whether select values must be in their lookup, as from 2.15
     * @param wrongPassword whether one wrong password may be sent: six lock the account
     */
    public record Account(
            String url,
            String user,
            String password,
            Optional<String> recipient,
            boolean enums,
            boolean wrongPassword) {
        @Override
        public String toString() {
            return "Account[" + url + "]";
        }
    }

    /** @param through what every call goes through; a test may distort the answers there */
    public static Primero simulated(Version version, UnaryOperator<Caller> through) {
        PrimeroSimulator simulator = PrimeroSimulator.start(Options.defaults()
                .withVersion(version)
                .withClock(SimClock.frozenAt(Instant.parse("2026-03-01T10:20:30.456Z"))));
        Account account = new Account(
                simulator.url(),
                simulator.options().user(),
                simulator.options().password(),
                Optional.of("agency-cif-user"),
                version.atLeast(Version.V2_15),
                true);
        return new Primero(account, through, Optional.of(simulator), new Created("tandem-contract-simulated"));
    }

    public static Primero live(Account account, Created created, Duration pause) {
        return new Primero(account, caller -> caller.paced(pause), Optional.empty(), created);
    }

    /** Whether anybody is there at all, before anything else is sent. */
    public void reach() {
        anonymous.reach("/health/api");
    }

    /** What only the simulator can show; a test server has no such handle. */
    PrimeroSimulator simulator(String needed) {
        return simulator.orElseThrow(() -> new NotTestable("needs " + needed));
    }

    boolean isSimulated() {
        return simulator.isPresent();
    }

    boolean hasEnums() {
        return enums;
    }

    String user() {
        return user;
    }

    String mark() {
        return created.mark();
    }

    String recipient() {
        return recipient.orElseThrow(() -> new NotTestable("needs -Dcontract.primero.recipient"));
    }

    /** Some time passes: the next stamp is a later one. */
    void tick() {
        if (simulator.isPresent()) {
            simulator.get().clock().advance(Duration.ofSeconds(10));
            return;
        }
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, String data) {
        return call("POST", path, "{\"data\":" + data + "}");
    }

    Answer patch(String path, String data) {
        return call("PATCH", path, "{\"data\":" + data + "}");
    }

    Answer delete(String path) {
        return call("DELETE", path, null);
    }

    /** An account that is refused is not tried again: six times lock it. */
    Answer call(String method, String path, String body) {
        Answer answer = caller.send(method, path, body);
        if (answer.status() == 401 && !isSimulated()) {
            throw Stop.refused("Primero refuses the account; nothing more is sent, so that it is not locked");
        }
        return answer;
    }

    Caller anonymous() {
        return anonymous;
    }

    /** Another account of the simulator's. */
    Caller as(String name, String password) {
        return anonymous.with("Authorization", basic(name, password));
    }

    Caller withWrongPassword() {
        if (!wrongPassword) {
            throw new NotTestable(
                    "sends a wrong password, and six lock the account: -Dcontract.primero.wrong-password=yes");
        }
        return as(user, "not-the-password-" + mark());
    }

    Caller signedIn() {
        return caller;
    }

    /**
     * Creates a case that carries this run's mark.
     *
     * @param fields JSON members, without braces; may be empty
     */
    JsonNode create(String fields) {
        JsonNode data = post(CASES, record(fields)).is(200).data();
        String id = data.path("id").asText();
        Different.unless("the id of the new case", !id.isEmpty());
        created.add("Primero case", id);
        return data;
    }

    String newCase(String fields) {
        return create(fields).path("id").asText();
    }

    void made(String id) {
        created.add("Primero case", id);
    }

    String record(String fields) {
        return "{\"module_id\":\"primeromodule-cp\",\"name_last\":\"" + mark() + "\"" + (fields.isEmpty() ? "" : ",")
                + fields + "}";
    }

    String nextName() {
        return created.nextName();
    }

    static String at(String id) {
        return CASES + "/" + id;
    }

    JsonNode read(String id) {
        return get(at(id)).is(200).data();
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        simulator.ifPresent(PrimeroSimulator::close);
    }
}
