package dev.tandem.demo;

import dev.tandem.sandbox.primero.Configuration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A child that does not exist.
 *
 * @param village eight digits; the first two are the province's
 * @param owner the ministry's user for that province
 */
record Invented(String given, String family, String sex, String born, String village, String province, String owner) {
    private static final List<String> GIVEN =
            List.of("Dara", "Srey", "Rith", "Bopha", "Vanna", "Sophea", "Chan", "Kunthea", "Sok", "Mony");
    private static final List<String> FAMILY = List.of("Example", "Sample", "Synthetic", "Fixture", "Demo");

    /** The nth one: the same in each run. */
    static Invented child(int nth) {
        SplittableRandom random = new SplittableRandom(nth);
        List<Map<String, String>> provinces = Configuration.rows("province-owners");
        Map<String, String> province = provinces.get(random.nextInt(provinces.size()));
        return new Invented(
                GIVEN.get(nth % GIVEN.size()),
                FAMILY.get(nth / GIVEN.size() % FAMILY.size()),
                nth % 2 == 0 ? "male" : "female",
                "%d-%02d-%02d".formatted(2010 + random.nextInt(10), 1 + random.nextInt(12), 1 + random.nextInt(28)),
                province.get("province_code") + "020304",
                province.get("province"),
                province.get("primero_owner"));
    }

    String name() {
        return given + " " + family;
    }

    @Override
    public String toString() {
        return "Invented[]";
    }
}
