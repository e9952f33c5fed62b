package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §9: what moves {@code updated_at}, and what does not. */
class VisibilityContractTest extends OscarTest {
    private String slug;

    private boolean moves(Runnable act) {
        Instant before = client(slug).updatedAt();
        later(Duration.ofDays(1));
        act.run();
        return client(slug).updatedAt().isAfter(before);
    }

    @Test
    void edits_move_it_only_if_something_changed() {
        slug = newChild();

        assertThat(moves(() -> cif.editClient(slug, form -> form.name("Dara", "Testa"))))
                .isTrue();
        assertThat(moves(() -> cif.editClient(slug, form -> {}))).isFalse();
        assertThat(moves(() -> cif.exit(slug))).isTrue();
    }

    @Test
    void programs_move_it_when_joined_and_when_the_last_is_left() {
        slug = newChild();
        oscar.admin("cif").addProgram("One", "School support");
        oscar.admin("cif").addProgram("Two", "Life skills");

        assertThat(moves(() -> cif.enrol(slug, "One"))).isTrue();
        assertThat(client(slug).status()).isEqualTo("Active");
        assertThat(moves(() -> cif.enrol(slug, "Two"))).isTrue();
        assertThat(moves(() -> cif.leaveProgram(slug, "One"))).isFalse();
        assertThat(moves(() -> cif.leaveProgram(slug, "Two"))).isTrue();
        assertThat(client(slug).status()).isEqualTo("Accepted");
    }

    @Test
    void direct_writes_do_not_move_it() {
        slug = takenUp();
        String other = gpc.newClient(ClientForm.named("Srey", "Sample"));
        NgoAdmin admin = oscar.admin("cif");
        int user = admin.addUser("New Example", "");

        assertThat(other).isNotEqualTo(slug);
        assertThat(moves(() -> cif.accept(slug))).isFalse();
        assertThat(moves(() -> cif.assign(slug, user))).isFalse();
        assertThat(moves(() -> admin.renameUser(user, "Renamed Example"))).isFalse();
        assertThat(moves(() -> admin.renameService("Kinship care", "Kin care"))).isFalse();
        assertThat(moves(() -> admin.organizationAddress("0204"))).isFalse();
        assertThat(moves(
                        () -> api.links(Json.of(Map.of("global_id", client(slug).globalId(), "external_id", CASE)))))
                .isFalse();
        assertThat(moves(() -> cif.softDelete(slug))).isFalse();
    }

    @Test
    void re_entry_moves_it_only_through_the_copy_of_the_status() {
        slug = newChild();
        cif.exit(slug);
        assertThat(moves(() -> cif.reenter(slug, 1))).isFalse();
        assertThat(client(slug).status()).isEqualTo("Accepted");

        slug = takenUp();
        assertThat(moves(() -> cif.reenter(slug, 1))).isTrue();
        assertThat(oscar.checks().referral("cif", 1).status()).isEqualTo("Accepted");
    }

    @Test
    void referrals_of_a_linked_client_move_it() {
        slug = newChild();
        int[] id = new int[1];

        assertThat(moves(() -> id[0] = cif.referToMinistry(slug, Outward.of("low", "Kinship care"))))
                .isTrue();
        assertThat(moves(() -> cif.setReferralStatus(id[0], "Accepted"))).isTrue();
        assertThat(moves(() -> oscar.admin("cif").editProgram())).isTrue();
    }

    @Test
    void a_program_edit_leaves_clients_without_a_referral_to_the_ministry() {
        slug = newChild();

        assertThat(moves(() -> oscar.admin("cif").editProgram())).isFalse();
    }

    @Test
    void an_upsert_moves_it_once_a_day_and_its_pending_referral_not_at_all() {
        slug = newChild();
        var body = Api.referral("cif", CASE, client(slug).globalId());

        assertThat(moves(() -> api.upsert(body))).isTrue();
        Instant sameDay = client(slug).updatedAt();
        later(Duration.ofHours(1));
        api.upsert(body);
        assertThat(client(slug).updatedAt()).isEqualTo(sameDay);
        assertThat(moves(() -> api.upsert(body))).as("synced_date").isTrue();
        assertThat(moves(() -> cif.openClientPage(slug))).isFalse();
        assertThat(row(api.feed(), slug).get("services")).hasSize(3);
    }
}
