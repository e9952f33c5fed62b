package dev.tandem.sandbox.oscar;

import dev.tandem.sandbox.http.CallLog;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.http.SimServer;
import java.util.List;

/** OSCaR as seen over its interop API. */
public final class OscarSimulator implements AutoCloseable {
    private final Oscar oscar;
    private final SignIn signIn;
    private final SimServer server;
    private final OscarChecks checks;

    private OscarSimulator(OscarSettings settings, SimClock clock, int port) {
        oscar = new Oscar(settings, clock);
        signIn = new SignIn(oscar);
        server = new SimServer(clock, port);
        checks = new OscarChecks(oscar, signIn);
        new Routes(oscar, signIn).on(server);
        new OscarControl(this, oscar).on(server.control());
    }

    public static OscarSimulator start() {
        return start(OscarSettings.standard(), SimClock.real());
    }

    public static OscarSimulator start(OscarSettings settings, SimClock clock) {
        return start(settings, clock, 0);
    }

    /** Starts on a given port; 0 for any free one. */
    public static OscarSimulator start(OscarSettings settings, SimClock clock, int port) {
        OscarSimulator simulator = new OscarSimulator(settings, clock, port);
        simulator.server.start();
        return simulator;
    }

    /** Without a slash at the end; the API is below {@code /api/v1}. */
    public String url() {
        return server.url();
    }

    public SimServer server() {
        return server;
    }

    public SimClock clock() {
        return oscar.clock;
    }

    public Faults faults() {
        return server.faults();
    }

    public CallLog calls() {
        return server.calls();
    }

    public OscarSettings settings() {
        return oscar.settings;
    }

    public Switches switches() {
        return oscar.switches;
    }

    public OscarChecks checks() {
        return checks;
    }

    /** Short names, {@code public} not among them. */
    public List<String> tenants() {
        synchronized (oscar) {
            return oscar.tenants.values().stream()
                    .filter(t -> t.organizationId != null)
                    .map(t -> t.name)
                    .toList();
        }
    }

    /** What the people of an NGO do with children and referrals. */
    public NgoWorker worker(String tenant) {
        return new NgoWorker(oscar, oscar.tenant(tenant));
    }

    /** What an NGO's or OSCaR's administrators set up. */
    public NgoAdmin admin(String tenant) {
        return new NgoAdmin(oscar, oscar.tenant(tenant));
    }

    /** A further NGO, integrated. */
    public void addTenant(String name) {
        synchronized (oscar) {
            oscar.addTenant(name);
        }
    }

    /** All tokens become invalid at once, in the middle of whatever runs. */
    public void expireTokens() {
        synchronized (oscar) {
            signIn.endAll();
        }
    }

    /** OSCaR's own 401 in place of an answer, before anything takes effect. */
    public Fault unauthorized() {
        return Fault.answer("status-401", signIn.refused());
    }

    /** 200 and nothing: what something between the two may answer, and OSCaR's own code by reading (T18). */
    public static Fault swallowed() {
        return Fault.answer("swallowed", Reply.empty(200));
    }

    @Override
    public void close() {
        server.close();
    }
}
