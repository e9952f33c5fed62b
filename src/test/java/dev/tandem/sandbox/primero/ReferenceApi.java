package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lookups, forms, places, agencies, users (contract primero-v2 §6). */
final class ReferenceApi {
    private static final Map<String, String> OTHER_RESOURCES =
            Map.of("user", "users", "agency", "agencies", "webhook", "webhooks", "metadata", "metadata");

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
                ObjectNode option = options.addObject().put("id", value);
                if (configuration.isDisabled(name, value)) {
                    option.put("disabled", true);
                }
                text(option.putObject("display_text"), value);
            }
        });
        return out;
    }

    /** Every configured language has its key, untranslated ones blank. */
    private static void text(ObjectNode node, String english) {
        node.put("en", english).put("km", "");
    }

    /** All of the record type, subforms as forms of their own, whatever the role may see of them. */
    Reply forms(Request request, Account user) {
        ArrayNode out = Json.array();
        new TreeMap<>(configuration.forms().all()).forEach((name, fields) -> {
            boolean inModule = configuration.forms().inModule(name);
            if (inModule || request.query("module_id").isEmpty()) {
                ArrayNode list = form(out, name, false, inModule);
                for (Field field : fields.values()) {
                    ObjectNode node = field(list.addObject(), field);
                    if (!field.columns().isEmpty()) {
                        node.put("subform_section_id", out.size() + 1);
                        ArrayNode columns = form(out, field.name() + "_subform", true, inModule);
                        field.columns().values().forEach(column -> field(columns.addObject(), column));
                    }
                }
            }
        });
        return CasesApi.data(out);
    }

    private static ArrayNode form(ArrayNode out, String name, boolean nested, boolean inModule) {
        ObjectNode form = out.addObject()
                .put("id", out.size())
                .put("unique_id", name)
                .put("parent_form", "case")
                .put("visible", true)
                .put("is_nested", nested);
        text(form.putObject("name"), name);
        ArrayNode modules = form.putArray("module_ids");
        if (inModule) {
            modules.add(Configuration.MODULE);
        }
        return form.putArray("fields");
    }

    private static ObjectNode field(ObjectNode node, Field field) {
        String type =
                switch (field.type()) {
                    case TEXT -> "text_field";
                    case DATE, DATE_TIME -> "date_field";
                    case TICK -> "tick_box";
                    case NUMERIC -> "numeric_field";
                    case SELECT, MULTI_SELECT -> "select_box";
                    case SUBFORM -> "subform";
                };
        return node.put("name", field.name())
                .put("type", type)
                .put("multi_select", field.type() == Field.Type.MULTI_SELECT)
                .put("date_include_time", field.type() == Field.Type.DATE_TIME)
                .put(
                        "option_strings_source",
                        field.lookup().map(lookup -> "lookup " + lookup).orElse(field.source()));
    }

    Reply locations(Request request, Account user) {
        return page(
                request,
                locations.json(request.query("hierarchy").filter("true"::equals).isPresent()),
                100,
                Integer.MAX_VALUE);
    }

    Reply agencies(Request request, Account user) {
        CasesApi.require(user, "agency");
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
        CasesApi.require(caller, "user");
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
                out.add(json(user));
            }
        }
        return page(request, out, 20, 1000);
    }

    private ObjectNode json(Account user) {
        ObjectNode node = Json.object()
                .put("id", user.id())
                .put("user_name", user.userName())
                .put("full_name", user.fullName())
                .put("agency_id", agencyId(user.agency()))
                .put("disabled", user.disabled())
                .put("role_unique_id", user.role().uniqueId())
                .put("role_group_permission", user.role().scope());
        node.putArray("module_unique_ids").add(Configuration.MODULE);
        node.set("user_group_unique_ids", Json.strings(user.groups()));
        return node;
    }

    /** Oneself without any right; {@code extended=true} adds what the role may do and which forms it reads and writes. */
    Reply user(Request request, Account caller) {
        Account user = configuration.users().stream()
                .filter(one -> String.valueOf(one.id()).equals(request.pathValue("id")))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("User with 'id'=" + request.pathValue("id")));
        if (!user.userName().equals(caller.userName())) {
            CasesApi.require(caller, "user");
        }
        ObjectNode node = json(user);
        if (request.query("extended").filter("true"::equals).isPresent()) {
            ArrayNode rights = node.putObject("permissions").putArray("list");
            Set<String> onCases = new TreeSet<>(user.role().actions());
            onCases.removeAll(OTHER_RESOURCES.keySet());
            right(rights, "cases", onCases);
            OTHER_RESOURCES.forEach((right, resource) -> {
                if (user.role().may(right)) {
                    right(rights, resource, Set.of(right.equals("metadata") ? "manage" : "read"));
                }
            });
            ObjectNode forms = node.putObject("permitted_form");
            for (String form : new TreeSet<>(configuration.forms().all().keySet())) {
                if (!user.role().hiddenForms().contains(form)) {
                    forms.put(form, user.role().readOnlyForms().contains(form) ? "r" : "rw");
                }
            }
        }
        return CasesApi.data(node);
    }

    private static void right(ArrayNode rights, String resource, Set<String> actions) {
        rights.addObject().put("resource", resource).set("actions", Json.strings(List.copyOf(actions)));
    }

    /** For any user: among much else the modules, as an administrator sees them. */
    Reply systemSettings(Request request, Account user) {
        ObjectNode settings = Json.object().put("locale", "en").put("default_locale", "en");
        settings.set("modules", allModules());
        return CasesApi.data(settings);
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
        return CasesApi.data(allModules());
    }

    private ArrayNode allModules() {
        ArrayNode out = Json.array();
        ObjectNode module = out.addObject()
                .put("id", 1)
                .put("unique_id", Configuration.MODULE)
                .put("name", "CP");
        ArrayNode webhooks = module.putObject("module_options").putArray("use_webhooks_for");
        if (configuration.webhooksForCases()) {
            webhooks.add("case");
        }
        return out;
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
