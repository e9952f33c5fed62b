package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Function;
import java.util.List;

/** A function of ours as JSLT wants it. It never answers Java's null. */
record OwnFunction(String name, int least, int most, Body body) implements Function {
    @FunctionalInterface
    interface Body {
        JsonNode call(List<JsonNode> arguments);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getMinArguments() {
        return least;
    }

    @Override
    public int getMaxArguments() {
        return most;
    }

    @Override
    public JsonNode call(JsonNode input, JsonNode[] arguments) {
        TimeLimit.check();
        return body.call(List.of(arguments));
    }
}
