package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §4. */
class UpdateLinksContractTest extends OscarTest {

    private ObjectNode link(String globalId, String externalId) {
        return Json.object()
                .put("global_id", globalId)
                .put("external_id", externalId)
                .put("external_id_display", "0000002");
    }

    @Test
    void all_ngos_of_the_person_are_linked_and_no_clock_moves() {
        String first = newChild();
        String second = gpc.sameChild(cif, first, ClientForm.named("Sok", "Testa"));
        oscar.admin("gpc").integrated(false);
        later(Duration.ofDays(1));

        Api.Got got = api.links(link(client(first).globalId(), CASE));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEqualTo("{\"message\":\"Record saved.\"}");
        for (ClientFacts client :
                new ClientFacts[] {client(first), oscar.checks().client("gpc", second)}) {
            assertThat(client.externalId()).isEqualTo(CASE);
            assertThat(client.externalIdDisplay()).isEqualTo("0000002");
            assertThat(client.syncedDate()).isEqualTo(LocalDate.parse("2026-03-11"));
            assertThat(client.updatedAt()).isEqualTo(NOON);
            assertThat(client.linkWrites()).isEqualTo(1);
        }
        assertThat(api.feed("2026-03-11T00:00:00Z").data()).isEmpty();
        assertThat(row(api.feed(), first).get("resource").asText()).isEqualTo("primero");
    }

    @Test
    void it_overwrites_clears_and_the_last_of_doubled_rows_wins() {
        String slug = cif.newClient(ClientForm.named("Sok", "Testa").externalId("old", "o"));
        String id = client(slug).globalId();
        api.links(link(id, "one"), link(id, "two"));
        assertThat(client(slug).externalId()).isEqualTo("two");

        api.links(Json.object().put("global_id", id).put("external_id", ""));
        assertThat(client(slug).externalId()).isEmpty();
        assertThat(client(slug).externalIdDisplay()).isNull();
    }

    @Test
    void unknown_persons_are_ignored_and_archived_clients_left() {
        String slug = newChild();
        cif.softDelete(slug);

        assertThat(api.links(link("nobody", CASE), link(client(slug).globalId(), CASE))
                        .status())
                .isEqualTo(200);
        assertThat(client(slug).externalId()).isNull();
    }

    @Test
    void nothing_to_do_is_500() {
        String path = "/organizations/clients/update_links";
        assertThat(api.links().status()).isEqualTo(500);
        assertThat(api.send("PUT", path, Json.object()).status()).isEqualTo(500);
        assertThat(api.send("PUT", path, Json.array().add(link("x", "y"))).status())
                .isEqualTo(500);
        assertThat(api.send("PUT", path, Json.object().set("data", link("x", "y")))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void a_removed_ngo_ends_it_with_an_empty_200() {
        String first = newChild();
        String second = gpc.newClient(ClientForm.named("Srey", "Sample"));
        oscar.admin("cif").removeNgo();

        Api.Got got = api.links(
                link(client(first).globalId(), CASE),
                link(oscar.checks().client("gpc", second).globalId(), "other"));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEmpty();
        assertThat(oscar.checks().client("gpc", second).externalId()).isNull();
    }
}
