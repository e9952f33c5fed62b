package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.impl.ExpressionImpl;
import com.schibsted.spt.data.jslt.impl.Scope;

/** The variables of one run. JSLT asks for them wherever it calls a function: there a mapping whose time is over ends. */
final class StoppableScope extends Scope {
    private StoppableScope(int variables) {
        super(variables);
    }

    static JsonNode apply(Expression mapping, JsonNode input) {
        ExpressionImpl compiled = (ExpressionImpl) mapping;
        return compiled.apply(new StoppableScope(compiled.getStackFrameSize()), input);
    }

    @Override
    public void enterFunction(int variables) {
        TimeLimit.check();
        super.enterFunction(variables);
    }

    @Override
    public JsonNode getValue(int variable) {
        TimeLimit.check();
        return super.getValue(variable);
    }
}
