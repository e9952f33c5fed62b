package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import dev.tandem.files.EditedDirectory;
import dev.tandem.mapping.Examples.Example;
import dev.tandem.outcome.Setback;
import dev.tandem.outcome.Unmappable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** One version of all mappings and code lists: immutable, and shared by all threads. */
public final class MappingSet {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final CodeLists lists;
    private final Ownership owners;
    private final Map<String, Expression> mappings;
    private final List<Example> examples;
    private final TimeLimit limit;

    private MappingSet(
            CodeLists lists,
            Ownership owners,
            Map<String, Expression> mappings,
            List<Example> examples,
            TimeLimit limit) {
        this.lists = lists;
        this.owners = owners;
        this.mappings = Map.copyOf(mappings);
        this.examples = List.copyOf(examples);
        this.limit = limit;
    }

    /** Checks and compiles what was read; a run of a mapping may take 5 seconds. Examples are read, not run. */
    public static MappingSet of(EditedDirectory directory) throws InvalidMappings {
        return of(directory, LIMIT);
    }

    /**
     * The same with another limit.
     *
     * @param limit how long one run of a mapping may take
     */
    static MappingSet of(EditedDirectory directory, Duration limit) throws InvalidMappings {
        List<MappingFault> faults = new ArrayList<>();
        directory
                .faults()
                .forEach(fault -> faults.add(new MappingFault(fault.file(), fault.message(), fault.whatToDo())));
        Map<String, String> tables = texts(directory, ".csv", false);
        CodeLists lists = CodeLists.read(tables, faults::add);
        Ownership owners = Ownership.read(tables, faults::add);
        Map<String, String> texts = texts(directory, ".jslt", false);
        List<Function> functions = new ArrayList<>(new OwnFunctions(lists, owners).all());
        functions.addAll(RegularExpressions.all());
        Map<String, Expression> mappings = new MappingCompiler(texts, functions).compile(faults::add);
        MisspeltNames.check(texts, lists, faults::add);
        if (!faults.isEmpty()) {
            // Without its mapping an example says nothing: one fault would come once more with each of them.
            throw new InvalidMappings(faults);
        }
        List<Example> examples = Examples.read(texts(directory, ".json", true), mappings.keySet(), faults::add);
        if (!faults.isEmpty()) {
            throw new InvalidMappings(faults);
        }
        return new MappingSet(lists, owners, mappings, examples, new TimeLimit(limit));
    }

    private static Map<String, String> texts(EditedDirectory directory, String ending, boolean examples) {
        Map<String, String> texts = new TreeMap<>(directory.texts());
        texts.keySet().removeIf(name -> !name.endsWith(ending) || name.startsWith("examples/") != examples);
        return texts;
    }

    /** The mappings' names, such as {@code primero-to-oscar/referral}. */
    public Set<String> names() {
        return mappings.keySet();
    }

    public boolean has(String name) {
        return mappings.containsKey(name);
    }

    /**
     * Maps one record.
     *
     * @throws Unmappable if the record cannot be mapped; it says why without any value of the record, but for what looks
     *     like a code
     */
    public JsonNode apply(String name, JsonNode input) {
        Expression mapping = mappings.get(name);
        if (mapping == null) {
            throw new Unmappable("mapping-missing", name, "there is no mapping " + name, "");
        }
        try {
            return limit.run(name, () -> run(name, mapping, input));
        } catch (TimeLimit.TooSlow e) {
            throw new Unmappable(
                    "mapping-too-slow",
                    name,
                    "the mapping " + name + " did not end in time, or took too much memory",
                    input.toString());
        }
    }

    /** Mappings, of whatever set, that were given up and yet go on: each keeps a thread busy. */
    public static List<String> goingOn() {
        return TimeLimit.goingOn();
    }

    /**
     * The row of a code list, as an object of texts, for what is not mapped but compared.
     *
     * @param key the key column's value; several if the key has several columns
     * @throws IllegalArgumentException if there is no such list or direction
     */
    public Optional<JsonNode> code(String list, String direction, String... key) {
        return lists.row(list, direction, List.of(key));
    }

    /** All rows of a code list, in the order of its file; none if there is no such list. */
    public List<JsonNode> rows(String list) {
        return lists.find(list).map(CodeList::rows).orElse(List.of());
    }

    /** The columns of code lists of which {@code lists.csv} says where their values exist. */
    public List<ListedColumn> listedColumns() {
        return lists.listed();
    }

    /** The fields that {@code ownership.csv} gives an owner, with it. */
    public Map<String, String> owners() {
        return owners.owners();
    }

    /** What the mappings give in their examples, by the mapping's name: all that is known of a mapping without a record. */
    public Map<String, List<JsonNode>> exampleOutputs() {
        return examples.stream()
                .filter(example -> example.kind() != Examples.Kind.unmappable)
                .collect(Collectors.groupingBy(
                        Example::mapping, Collectors.mapping(Example::wanted, Collectors.toList())));
    }

    List<Example> examples() {
        return examples;
    }

    private static JsonNode run(String name, Expression mapping, JsonNode input) {
        try {
            return NullRule.finish(StoppableScope.apply(mapping, input));
        } catch (Setback | CancellationException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // What JSLT says while it runs contains values of the record (stack notes §6): none of it goes further.
            throw new Unmappable("mapping-failed", name, failed(name, e), input.toString());
        }
    }

    private static String failed(String name, Throwable e) {
        String where = e instanceof JsltException at && at.getSource() != null && at.getLine() > 0
                ? " at " + at.getSource() + ":" + at.getLine()
                : "";
        return "the mapping " + name + " failed on this record" + where;
    }
}
