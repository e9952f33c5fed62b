package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.Locale;
import java.util.Optional;

/** Lookups, forms, places, agencies, users (contract primero-v2 §6). */
final class ReferenceApi {
    private final Configuration configuration;
    private final Locations locations;
    private final Version version;

    ReferenceApi(Configuration configuration, Locations locations, Version version) {
        this.version = version;
        this.configuration = configuration;
        this.locations = locations;
    }

    Reply lookups(Request request, Account user) {
        return page(request, lookups(), 20, 1000);
    }

    /** By the numeric id only; anything else is refused to a role without metadata (contract primero-v2 §11). */
    Reply lookup(Request request, Account user) {
        for (JsonNode lookup : lookups()) {
            if (lookup.path("id").asText().equals(request.pathValue("id"))) {
                return CasesApi.data(lookup);
            }
        }
        CasesApi.require(user, "metadata");
        throw ApiError.notFound("Lookup with 'id'=" + request.pathValue("id"));
    }

    private ArrayNode lookups() {
        ArrayNode out = Json.array();
        configuration.lookups().forEach((name, values) -> {
            ObjectNode lookup =
                    out.addObject().put("id", out.size()).put("unique_id", name).put("locked", false);
            text(lookup.putObject("name"), name);
            ArrayNode options = lookup.putArray("values");
            for (String value : values) {
                text(options.addObject().put("id", value).putObject("display_text"), value);
            }
        });
        return out;
    }

    /** Every configured language has its key, untranslated ones blank. */
    private static void text(ObjectNode node, String english) {
        node.put("en", english).put("km", "");
    }

    Reply forms(Request request, Account user) {
        ArrayNode out = Json.array();
        configuration.forms().all().forEach((name, fields) -> {
            if (!user.role().hiddenForms().contains(name)) {
                ArrayNode list = out.addObject()
                        .put("id", out.size())
                        .put("unique_id", name)
                        .putArray("fields");
                fields.values().forEach(field -> field(list.addObject(), field));
            }
        });
        return CasesApi.data(out);
    }

    private static void field(ObjectNode node, Field field) {
        String type =
                switch (field.type()) {
                    case TEXT -> "text_field";
                    case DATE, DATE_TIME -> "date_field";
                    case TICK -> "tick_box";
                    case NUMERIC -> "numeric_field";
                    case SELECT, MULTI_SELECT -> "select_box";
                    case SUBFORM -> "subform";
                };
        node.put("name", field.name())
                .put("type", type)
                .put("multi_select", field.type() == Field.Type.MULTI_SELECT)
                .put("date_include_time", field.type() == Field.Type.DATE_TIME)
                .put(
                        "option_strings_source",
                        field.lookup().map(lookup -> "lookup " + lookup).orElse(field.source()));
        if (!field.columns().isEmpty()) {
            ArrayNode columns = node.putObject("subform").putArray("fields");
            field.columns().values().forEach(column -> field(columns.addObject(), column));
        }
    }

    Reply locations(Request request, Account user) {
        return page(
                request,
                locations.json(request.query("hierarchy").filter("true"::equals).isPresent()),
                100,
                Integer.MAX_VALUE);
    }

    Reply agencies(Request request, Account user) {
        if (!version.atLeast(Version.V2_15) && request.query("disabled[]").isPresent()) {
            throw ApiError.broken("NoMethodError"); // contract primero-v2 §11
        }
        ArrayNode out = Json.array();
        for (String agency : configuration.agencies()) {
            ObjectNode node = out.addObject()
                    .put("id", out.size())
                    .put("unique_id", agency)
                    .put("agency_code", agency.replaceFirst("^agency-", "").toUpperCase(Locale.ROOT))
                    .put("disabled", false);
            text(node.putObject("name"), agency);
            node.putArray("services");
        }
        return page(request, out, 20, 1000);
    }

    Reply users(Request request, Account caller) {
        Optional<String> name = request.query("user_name").filter(text -> !text.isEmpty());
        // Ignored before 2.15 (contract primero-v2 §11).
        Optional<String> disabled = request.query("disabled[]")
                .or(() -> request.query("disabled[0]"))
                .filter(wanted -> version.atLeast(Version.V2_15));
        ArrayNode out = Json.array();
        for (Account user : configuration.users()) {
            if (name.map(wanted -> wanted.equals(user.userName())).orElse(true)
                    && disabled.map(wanted -> wanted.equals(Boolean.toString(user.disabled())))
                            .orElse(true)) {
                ObjectNode node = out.addObject()
                        .put("id", user.id())
                        .put("user_name", user.userName())
                        .put("full_name", user.fullName())
                        .put("agency_id", agencyId(user.agency()))
                        .put("disabled", user.disabled())
                        .put("role_unique_id", user.role().uniqueId());
                node.putArray("module_unique_ids").add(Configuration.MODULE);
                node.set("user_group_unique_ids", Json.strings(user.groups()));
            }
        }
        return page(request, out, 20, 1000);
    }

    private int agencyId(String agency) {
        return configuration.agencies().stream().toList().indexOf(agency) + 1;
    }

    Reply referTo(Request request, Account caller) {
        Optional<String> agency = request.query("agency").filter(text -> !text.isEmpty());
        ArrayNode out = Json.array();
        for (Account user : configuration.users()) {
            if (!user.disabled()
                    && user.role().may("receive_referral")
                    && !user.userName().equals(caller.userName())
                    && agency.map(wanted -> wanted.equals(user.agency())).orElse(true)) {
                out.addObject()
                        .put("id", user.id())
                        .put("user_name", user.userName())
                        .put("agency", user.agency())
                        .put("disabled", false)
                        .putArray("services");
            }
        }
        return CasesApi.data(out);
    }

    /** Refused to a role without metadata, such as the service account's (contract primero-v2 §11). */
    Reply modules(Request request, Account user) {
        CasesApi.require(user, "metadata");
        ArrayNode out = Json.array();
        out.addObject()
                .put("id", 1)
                .put("unique_id", Configuration.MODULE)
                .put("name", "CP")
                .putObject("module_options")
                .putArray("use_webhooks_for")
                .add("case");
        return CasesApi.data(out);
    }

    private static Reply page(Request request, ArrayNode all, int usual, int cap) {
        int per = Math.min(cap, request.query("per").map(Integer::parseInt).orElse(usual));
        int page = request.query("page").map(Integer::parseInt).orElse(1);
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        for (int i = (page - 1) * per; i < Math.min(all.size(), page * per); i++) {
            data.add(all.get(i));
        }
        body.putObject("metadata").put("total", all.size()).put("per", per).put("page", page);
        return Reply.json(200, body);
    }
}
