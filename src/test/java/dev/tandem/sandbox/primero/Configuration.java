package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** What an administrator has set up: forms, lookups, agencies, users, locations. Users can change while it runs. */
public final class Configuration {
    static final String MODULE = "primeromodule-cp";
    static final String GOVERNMENT = "agency-mosvy";
    static final String HUMAN_PASSWORD = PrimeroSimulator.HUMAN_PASSWORD;

    private final CaseForms forms = CaseForms.cambodia();
    private final Map<String, Set<String>> lookups = new ConcurrentHashMap<>();
    private final Set<String> disabledOptions = ConcurrentHashMap.newKeySet();
    private final Set<String> agencies = new CopyOnWriteArraySet<>();
    private volatile boolean webhooksForCases = true;
    private final Map<String, Account> users = new ConcurrentHashMap<>();

    /** Cambodia's as far as known: province owners, NGO accounts, service codes. */
    static Configuration cambodia() {
        Configuration set = new Configuration();
        set.lookup("lookup-gender", column("genders", "primero"));
        set.lookup("lookup-risk-level", column("risk-levels", "primero"));
        set.lookup("lookup-protection-status", column("protection-statuses", "primero"));
        set.lookup("lookup-interview-subject", column("interview-subjects", "primero"));
        set.lookup("lookup-protection-concerns", List.of("neglect", "trafficked", "separated"));
        set.lookup("lookup-service-type", column("services", "primero_type"));
        set.lookup("lookup-service-subtype", column("services", "primero_subtype"));
        set.lookup("lookup-service-response-type", column("service-response-types", "primero"));
        set.lookup("lookup-service-implemented", List.of("implemented", "not_implemented"));
        set.lookup("lookup-referral-status", column("referral-statuses", "primero_service_status"));
        set.lookup("lookup-case-status", List.of("open", "closed"));
        set.agencies.add(GOVERNMENT);
        for (Map<String, String> row : rows("province-owners")) {
            set.addUser(
                    row.get("primero_owner"),
                    HUMAN_PASSWORD,
                    Role.government(),
                    GOVERNMENT,
                    List.of("usergroup-" + row.get("province_code")));
        }
        for (String list : List.of("agencies", "agencies-v1-retired")) {
            for (Map<String, String> row : rows(list)) {
                String agency = row.get("primero_agency");
                set.agencies.add(agency);
                set.addUser(row.get("primero_user"), HUMAN_PASSWORD, Role.ngo(), agency, List.of("usergroup-ngo"));
            }
        }
        return set;
    }

    CaseForms forms() {
        return forms;
    }

    Map<String, Set<String>> lookups() {
        return lookups;
    }

    boolean isOption(String lookup, String value) {
        return lookups.getOrDefault(lookup, Set.of()).contains(value);
    }

    /** It is still a valid value (contract primero-v2 §3.6), but no longer offered on screen. */
    public void disableOption(String lookup, String value) {
        disabledOptions.add(lookup + "/" + value);
    }

    boolean isDisabled(String lookup, String value) {
        return disabledOptions.contains(lookup + "/" + value);
    }

    public void removeOption(String lookup, String value) {
        Set<String> fewer = new LinkedHashSet<>(lookups.get(lookup));
        fewer.remove(value);
        lookups.put(lookup, fewer);
    }

    public void addOption(String lookup, String value) {
        Set<String> more = new LinkedHashSet<>(lookups.get(lookup));
        more.add(value);
        lookups.put(lookup, more);
    }

    boolean webhooksForCases() {
        return webhooksForCases;
    }

    /** Whether the module sends events of cases at all ({@code use_webhooks_for}). */
    public void webhooksForCases(boolean on) {
        webhooksForCases = on;
    }

    public void removeField(String name) {
        forms.remove(name);
    }

    public void takeOutOfModule(String form) {
        forms.takeOutOfModule(form);
    }

    public void addAgency(String agency) {
        agencies.add(agency);
    }

    public void removeAgency(String agency) {
        agencies.remove(agency);
    }

    public void removeUser(String name) {
        users.remove(name);
    }

    Collection<String> agencies() {
        return agencies;
    }

    /** User names are stored in lower case. */
    void addUser(String name, String password, Role role, String agency, List<String> groups) {
        String lower = name.toLowerCase(Locale.ROOT);
        users.put(lower, new Account(users.size() + 1, lower, password, role, agency, groups, false));
    }

    void replace(Account account) {
        users.put(account.userName(), account);
    }

    /** Exactly by name: ownership does not fold case (contract primero-v2 §3.8). */
    Optional<Account> user(String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(users.get(name));
    }

    List<Account> users() {
        return users.values().stream()
                .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                .toList();
    }

    private void lookup(String name, Collection<String> values) {
        lookups.put(name, new LinkedHashSet<>(values));
    }

    private static List<String> column(String list, String column) {
        List<String> values = new ArrayList<>();
        for (Map<String, String> row : rows(list)) {
            if (!row.get(column).isEmpty()) {
                values.add(row.get(column));
            }
        }
        return values;
    }

    /** The rows of a list that the simulators carry with them. */
    public static List<Map<String, String>> rows(String list) {
        CsvSchema header = CsvSchema.emptySchema().withHeader();
        try (InputStream in = Configuration.class.getResourceAsStream("/sandbox/" + list + ".csv");
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(header)
                        .readValues(in)) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
