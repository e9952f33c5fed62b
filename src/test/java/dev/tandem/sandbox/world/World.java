package dev.tandem.sandbox.world;

import dev.tandem.sandbox.primero.Configuration;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Draws children, and what is true of them in a system, from a seed. Not thread-safe. */
public final class World {
    private static final List<String> LOCAL_GIVEN =
            List.of("ដារា", "ច័ន្ទ", "មករា", "ផ្កា", "មេឃ", "ទន្លេ", "ស្រីល័ក្ខ", "ភ្នំ", "កុលាប", "ពន្លឺ");
    private static final List<String> LOCAL_FAMILY = List.of("ឧទាហរណ៍", "គំរូ", "សាកល្បង", "ក្លែង");
    private static final List<String> GIVEN =
            List.of("Example", "Sample", "Star", "Moon", "River", "Cloud", "Rose", "Light", "Hill", "Demo");
    private static final List<String> FAMILY = List.of("Sampletest", "Synthetic", "Placeholder", "Fixture");

    private final SplittableRandom random;
    private final Rates rates;

    private World(SplittableRandom random, Rates rates) {
        this.random = random;
        this.rates = rates;
    }

    public static World seeded(long seed) {
        return new World(new SplittableRandom(seed), Rates.usual());
    }

    public World with(Rates other) {
        return new World(random, other);
    }

    /** Adds cases with their services and referrals. */
    public Population populate(PrimeroSimulator primero, int cases) {
        return new PrimeroHalf(this, primero).populate(cases);
    }

    public Child child() {
        String village = villageCode();
        return new Child(
                one(LOCAL_GIVEN),
                one(LOCAL_FAMILY),
                one(GIVEN),
                one(FAMILY),
                one(List.of("male", "female", "female", "male", "other")),
                LocalDate.of(2008, 1, 1).plusDays(random.nextInt(6000)),
                village);
    }

    /** OSCaR's form: eight digits, the province with its leading zero. */
    private String villageCode() {
        return "%02d%02d%02d%02d"
                .formatted(
                        1 + random.nextInt(25), 1 + random.nextInt(12), 1 + random.nextInt(9), 1 + random.nextInt(20));
    }

    public Rates rates() {
        return rates;
    }

    /** True that often, from 0 to 1. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A version 4 UUID, drawn from the seed like everything else. */
    public String uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** A 26-character number of the shape that OSCaR gives. */
    public String oscarNumber() {
        StringBuilder text = new StringBuilder("01SYN");
        while (text.length() < 26) {
            text.append("0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    /** A row of a code list that goes in that direction. */
    public Map<String, String> row(String list) {
        return one(Configuration.rows(list));
    }
}
