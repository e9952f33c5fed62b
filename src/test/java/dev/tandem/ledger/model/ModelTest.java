package dev.tandem.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The ledger's protocol, gone through in every order in which its steps, deaths, lost answers and slow workers can come. With
 * {@code -Dtandem.model=large} the record is also edited meanwhile, which takes minutes and some GB of memory.
 */
class ModelTest {
    private static final int WORKERS = 2;
    private static final int VERSIONS = "large".equals(System.getProperty("tandem.model")) ? 2 : 1;

    @Test
    void a_field_and_a_referral_of_one_record_keep_every_promise() {
        Explorer explorer = new Explorer(new Protocol(Set.of(), VERSIONS));
        assertThat(explorer.explore(State.start(1, WORKERS))).isEmpty();
        assertThat(explorer.states()).as("states gone through").isGreaterThan(300_000);
    }

    @Test
    void two_records_that_write_to_one_case_keep_every_promise() {
        Explorer explorer = new Explorer(new Protocol(Set.of(), 1));
        assertThat(explorer.explore(State.start(2, WORKERS))).isEmpty();
        assertThat(explorer.states()).as("states gone through").isGreaterThan(200_000);
    }
}
