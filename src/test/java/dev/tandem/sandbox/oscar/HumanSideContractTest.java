package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §3.7: how a pending referral gets its client, and how it is decided. */
class HumanSideContractTest extends OscarTest {

    @Test
    void taking_up_links_all_that_waits_for_the_person_and_keeps_our_ids() {
        api.upsert(Api.referral("cif", CASE, ""));
        api.upsert(Api.referral("cif", CASE, ""));
        String slug = cif.takeUp(cif.pending().get(0));

        ClientFacts client = client(slug);
        assertThat(client.externalId()).isEqualTo(CASE);
        assertThat(client.externalIdDisplay()).isEqualTo("0000001");
        assertThat(client.status()).isEqualTo("Referred");
        assertThat(client.locationCode()).isEqualTo("08080906");
        assertThat(oscar.checks().referrals("cif", CASE)).allSatisfy(r -> {
            assertThat(r.slug()).isEqualTo(slug);
            assertThat(r.globalId()).isEqualTo(client.globalId());
        });
        assertThat(cif.pending()).isEmpty();
    }

    @Test
    void a_name_keeps_two_words_and_parentheses_become_the_local_name() {
        api.upsert(Api.referral("cif", CASE, "")
                .put("given_name", "Sok  Dara Third")
                .put("family_name", "Test (តេស្ត វណ្ណា)"));
        ClientFacts client = client(cif.takeUp(1));

        assertThat(client.givenName()).isEqualTo("Sok");
        assertThat(client.familyName()).isEqualTo("Dara");
        assertThat(client.localFamilyName()).isEqualTo("តេស្ត");
        assertThat(client.localGivenName()).isEqualTo("វណ្ណា");
    }

    @Test
    void accepting_writes_the_status_only() {
        String slug = takenUp();
        later(Duration.ofDays(1));
        cif.accept(slug);

        assertThat(client(slug).status()).isEqualTo("Accepted");
        assertThat(client(slug).updatedAt()).isEqualTo(NOON);
        assertThat(oscar.checks().referral("cif", 1).status()).isEqualTo("Referred");
        assertThat(api.feed("2026-03-11T00:00:00Z").data()).isEmpty();
    }

    @Test
    void rejecting_saves_the_client_copies_the_status_and_detaches_the_workers() {
        String slug = takenUp();
        later(Duration.ofDays(1));
        cif.reject(slug);

        var row = row(api.feed("2026-03-11T00:00:00Z"), slug);
        assertThat(row.get("status").asText()).isEqualTo("Exited");
        assertThat(row.get("case_worker_name").asText("null")).isEmpty();
        assertThat(row.at("/services/0/referral_status").asText()).isEqualTo("Exited");
    }

    @Test
    void a_decided_referral_is_not_overwritten_by_a_later_exit() {
        String slug = takenUp();
        cif.setReferralStatus(1, "Accepted");
        cif.exit(slug);

        assertThat(oscar.checks().referral("cif", 1).status()).isEqualTo("Accepted");
    }

    @Test
    void loading_notifications_links_without_moving_the_clock() {
        String slug = takenUp();
        api.upsert(Api.referral("cif", CASE, client(slug).globalId()).put("referral_status", "Referred"));
        var before = client(slug).updatedAt();
        later(Duration.ofDays(1));
        assertThat(row(api.feed(), slug).get("services")).hasSize(1);
        cif.loadNotifications();

        assertThat(row(api.feed(), slug).get("services")).hasSize(2);
        assertThat(client(slug).updatedAt()).isEqualTo(before);
        assertThat(cif.pending()).isEmpty();
    }

    @Test
    void opening_the_page_links_that_person_only() {
        String slug = takenUp();
        String other = newChild();
        api.upsert(Api.referral("cif", CASE, client(slug).globalId()));
        api.upsert(Api.referral("cif", "another", client(other).globalId()));
        cif.openClientPage(slug);

        assertThat(oscar.checks().referrals("cif", CASE)).noneMatch(ReferralFacts::pending);
        assertThat(oscar.checks().referrals("cif", "another")).allMatch(ReferralFacts::pending);
    }

    @Test
    void a_referral_to_another_ngo_waits_there_under_the_same_person() {
        String slug = newChild();
        cif.referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));
        String there = gpc.takeUp(gpc.pending().get(0));

        ClientFacts taken = oscar.checks().client("gpc", there);
        assertThat(taken.globalId()).isEqualTo(client(slug).globalId());
        assertThat(taken.externalId()).isNull();
    }
}
