package dev.tandem.sandbox.world;

import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoAdmin;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Fills an OSCaR with synthetic clients of every kind that the feed is known to hold. Same number and seed, same world:
 * ids, times (the year before the simulator's clock) and order.
 */
public final class OscarWorld {
    /** Why a client is in the world. */
    public enum Kind {
        /** Referred to the ministry: shape A. */
        REFERRED_OUTWARD,
        /** Shared with the ministry by an external id only: shape B with {@code resource}. */
        SHARED,
        /** In a program of the NGO and shared. */
        ENROLLED,
        /** Referred to another NGO, where it waits. */
        INTERNAL,
        /** Nobody else's business. */
        PLAIN,
        /** Archived, some after a referral to the ministry. */
        DELETED,
        /** Lacks what the feed wants: never seen. */
        INVISIBLE
    }

    /** A client that was made. */
    public record Child(String tenant, String slug, Kind kind, String externalId) {}

    private static final String PROGRAM = "Education programme";
    private static final List<String> GENDERS = List.of(
            "female",
            "male",
            "female",
            "male",
            "female",
            "male",
            "other",
            "lgbt",
            "unknown",
            "prefer_not_to_say",
            "Male",
            "FEMALE");
    private static final List<String> RISKS = List.of("high", "medium", "low", "no action", "");
    private static final List<String> STATUSES = List.of("Referred", "Accepted", "Active", "Exited");

    private final OscarSimulator oscar;
    private final SplittableRandom random;
    private final Instant now;
    private final List<NgoWorker> workers = new ArrayList<>();
    private final List<List<String>> services = new ArrayList<>();

    private OscarWorld(OscarSimulator oscar, long seed) {
        this.oscar = oscar;
        this.random = new SplittableRandom(seed);
        this.now = oscar.clock().now();
    }

    /**
     * Adds {@code n} clients, spread over all tenants in turn; with twenty to a tenant, each tenant has every kind.
     *
     * @return what was made, in order
     */
    public static List<Child> populate(OscarSimulator oscar, int n, long seed) {
        return new OscarWorld(oscar, seed).populate(n);
    }

    /** How many there are of each kind. */
    public static Map<Kind, Long> count(List<Child> children) {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        children.forEach(child -> counts.merge(child.kind(), 1L, Long::sum));
        return counts;
    }

    private List<Child> populate(int n) {
        for (String tenant : oscar.tenants()) {
            NgoAdmin admin = oscar.admin(tenant);
            admin.addUser("Sovann Example", "");
            admin.addUser("Rathana Example", "012000003");
            admin.addProgram(PROGRAM, "School support", "Life skills");
            workers.add(oscar.worker(tenant));
            services.add(admin.services());
        }
        List<Child> children = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            children.add(child(i));
        }
        return children;
    }

    private Child child(int i) {
        int at = i % workers.size();
        int nth = i / workers.size();
        NgoWorker worker = workers.get(at);
        Kind kind = kind(nth);
        String externalId = null;
        ClientForm form = form(i);
        if (kind == Kind.SHARED || kind == Kind.ENROLLED) {
            externalId = uuid();
            form.externalId(externalId, externalId.substring(0, 7));
        }
        if (kind == Kind.INVISIBLE) {
            hide(form, nth);
        }
        String slug = worker.newClient(form);
        live(worker, slug, kind, at, nth);
        Instant created = now.minus(Duration.ofMinutes(random.nextInt(365 * 24 * 60)));
        long sinceThen = Duration.between(created, now).toMinutes();
        worker.backdate(slug, created, created.plus(Duration.ofMinutes(random.nextLong(sinceThen + 1))));
        return new Child(worker.tenant(), slug, kind, externalId);
    }

    private static Kind kind(int nth) {
        return switch (nth % 20) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> Kind.REFERRED_OUTWARD;
            case 8, 9, 10, 11 -> Kind.SHARED;
            case 12, 13 -> Kind.ENROLLED;
            case 14 -> Kind.INTERNAL;
            case 15, 16, 17 -> Kind.PLAIN;
            case 18 -> Kind.DELETED;
            default -> Kind.INVISIBLE;
        };
    }

    private ClientForm form(int i) {
        int given = random.nextInt(OscarNames.GIVEN.size());
        int family = random.nextInt(OscarNames.FAMILY.size());
        ClientForm form = ClientForm.named(OscarNames.GIVEN.get(given), OscarNames.FAMILY.get(family));
        switch (i % 4) {
            case 0 -> form.localName(OscarNames.KHMER_GIVEN.get(given), OscarNames.KHMER_FAMILY.get(family));
            case 1 ->
                form.name(null, null).localName(OscarNames.KHMER_GIVEN.get(given), OscarNames.KHMER_FAMILY.get(family));
            case 2 -> form.localName("", "");
            default -> {
                // Latin names only, the others NULL.
            }
        }
        return form.gender(GENDERS.get(random.nextInt(GENDERS.size())))
                .born(birth(i))
                .status(STATUSES.get(random.nextInt(STATUSES.size())))
                .livesAt(place())
                .mosvyNumber(i % 5 == 0 ? "M-" + i : i % 5 == 1 ? "" : null)
                .reason(i % 3 == 0 ? "Needs support" : null)
                .workers(staff());
    }

    /** One in fifty has a year of five digits, as mistyped ones occur. */
    private String birth(int i) {
        int year = 2008 + random.nextInt(16);
        String rest = String.format("-%02d-%02d", 1 + random.nextInt(12), 1 + random.nextInt(28));
        return (i % 50 == 7 ? "2" + year : Integer.toString(year)) + rest;
    }

    private String place() {
        int depth = random.nextInt(20);
        if (depth == 0) {
            return "0004";
        }
        String village = String.format(
                "%02d%02d%02d%02d",
                1 + random.nextInt(25), 1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(20));
        int digits = depth == 1 ? 0 : depth == 2 ? 2 : depth <= 4 ? 4 : depth <= 7 ? 6 : 8;
        return village.substring(0, digits);
    }

    private Integer[] staff() {
        return switch (random.nextInt(5)) {
            case 0 -> new Integer[] {};
            case 1 -> new Integer[] {1, 2, 3};
            case 2 -> new Integer[] {3};
            default -> new Integer[] {1 + random.nextInt(4)};
        };
    }

    private static void hide(ClientForm form, int nth) {
        switch (nth / 20 % 3) {
            case 0 -> form.born(null);
            case 1 -> form.gender(null);
            default -> form.name(" ", null).localName(null, null);
        }
    }

    private void live(NgoWorker worker, String slug, Kind kind, int at, int nth) {
        switch (kind) {
            case REFERRED_OUTWARD -> refer(worker, slug, at, nth);
            case ENROLLED -> worker.enrol(slug, PROGRAM);
            case INTERNAL -> {
                String other = workers.get((at + 1) % workers.size()).tenant();
                if (!other.equals(worker.tenant())) {
                    worker.referToNgo(slug, other, outward(at, nth));
                }
            }
            case DELETED -> {
                if (nth / 20 % 2 == 0) {
                    refer(worker, slug, at, nth);
                }
                worker.softDelete(slug);
            }
            case SHARED, PLAIN, INVISIBLE -> {
                // The form was all.
            }
        }
    }

    /** One in eight has two referrals, one in ten referrals is decided already. */
    private void refer(NgoWorker worker, String slug, int at, int nth) {
        int first = worker.referToMinistry(slug, outward(at, nth));
        if (nth % 10 == 5) {
            worker.setReferralStatus(first, nth % 20 == 5 ? "Accepted" : "Exited");
        }
        if (nth % 8 == 1) {
            worker.referToMinistry(slug, outward(at, nth + 1));
        }
    }

    /** Services go round by the client's number, so that each name occurs at each NGO that is large enough. */
    private Outward outward(int at, int nth) {
        List<String> names = services.get(at);
        String service = names.get((nth / 20 * 9 + nth % 20 + at) % names.size());
        return Outward.of(RISKS.get(random.nextInt(RISKS.size())), service);
    }

    private String uuid() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63)).toString();
    }
}
