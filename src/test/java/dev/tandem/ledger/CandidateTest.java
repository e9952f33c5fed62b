package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.ledger.effects.Candidate;
import org.junit.jupiter.api.Test;

class CandidateTest {
    @Test
    void a_mapping_of_the_release_before_is_understood() throws JsonProcessingException {
        Candidate before = candidate("{'said': 'Accepted', 'parks': {'code': 'x', 'stumbledOver': 'y'}}");
        Candidate now = candidate("{'confirmedValue': 'Accepted', 'parks': {'code': 'x', 'offendingValue': 'y'}}");
        assertThat(before.confirmedValue()).contains("Accepted").isEqualTo(now.confirmedValue());
        assertThat(before.offendingValue()).isEqualTo("\"y\"").isEqualTo(now.offendingValue());
    }

    private static Candidate candidate(String json) throws JsonProcessingException {
        return new Candidate(new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
