package dev.tandem.sandbox.world;

import java.util.List;

/** Invented names in both scripts, at the same place in each list. */
final class OscarNames {
    static final List<String> GIVEN =
            List.of("Sok", "Srey", "Dara", "Bopha", "Vanna", "Chan", "Kunthea", "Rith", "Sophea", "Mony");
    static final List<String> FAMILY = List.of("Testa", "Sample", "Example", "Synth", "Demo", "Mock", "Fixture");
    static final List<String> KHMER_GIVEN =
            List.of("សុខ", "ស្រី", "តារា", "បុប្ផា", "វណ្ណា", "ចាន់", "គន្ធា", "រិទ្ធ", "សុភា", "មុនី");
    static final List<String> KHMER_FAMILY = List.of("តេស្ត", "គំរូ", "ឧទាហរណ៍", "សំយោគ", "បង្ហាញ", "ក្លែង", "សាក");

    private OscarNames() {}
}
