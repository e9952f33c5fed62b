package dev.tandem.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The examples of protocol 8 and mapping-facts O1, O2. */
class NameBasedIdTest {
    private static final String C = "01SYNTHETIC00000000000000C";

    @Test
    void a_case_has_the_id_of_the_protocols_example() {
        assertThat(NameBasedId.ofCase(C)).isEqualTo("20673dfe-3699-5d80-8602-41f4acbb6eef");
        assertThat(NameBasedId.ofCase("01SYNTHETIC00000000000000D")).isEqualTo("4ce049f6-5424-5ec5-86e2-8576a18f736a");
    }

    @Test
    void rows_have_the_ids_of_the_protocols_examples() {
        assertThat(NameBasedId.ofReferralRow(C, "cif", "12", "1a1accbd-90a9-4c71-a077-2595322744cb", "Kinship care"))
                .isEqualTo("8b089da7-7bce-5163-b94b-1709c3876086");
        assertThat(NameBasedId.ofProgramRow(
                        "01SYNTHETIC00000000000000E",
                        "cif",
                        "Example programme",
                        "37cd9808-c417-4a19-9563-36ac7865e2f8",
                        "Trauma counselling"))
                .isEqualTo("1f9bd42d-56fa-5448-a622-6fa75bb41ecc");
    }

    @Test
    void the_uuid_counts_in_lower_case_and_the_name_stands_in_for_a_blank_one() {
        String byUuid = NameBasedId.ofReferralRow(C, "cif", "12", "1A1ACCBD-90A9-4C71-A077-2595322744CB", "Other name");
        assertThat(byUuid).isEqualTo("8b089da7-7bce-5163-b94b-1709c3876086");
        assertThat(NameBasedId.ofReferralRow(C, "cif", "12", null, "Kinship care"))
                .isEqualTo(NameBasedId.ofReferralRow(C, "cif", "12", "", "Kinship care"))
                .isNotEqualTo(NameBasedId.ofReferralRow(C, "cif", "12", "", "Kinship Care"))
                .isNotEqualTo(NameBasedId.ofProgramRow(C, "cif", "12", "", "Kinship care"));
    }
}
