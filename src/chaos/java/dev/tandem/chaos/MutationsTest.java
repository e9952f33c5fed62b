package dev.tandem.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutationsTest {
    static List<Mutation> mutations() {
        return Mutation.all();
    }

    /** Whoever moves a rule moves what breaks it. */
    @ParameterizedTest
    @MethodSource("mutations")
    void each_rule_is_still_where_it_is_broken(Mutation mutation) throws IOException {
        assertThat(Mutations.broken(mutation)).isNotEqualTo(Files.readString(mutation.file()));
    }
}
