package dev.tandem.command;

import dev.tandem.operation.InitRequest;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Exactly one of three. */
final class InitOption {
    @Option(
            names = "--since",
            paramLabel = "T",
            required = true,
            converter = SinceMoment.class,
            description = "A first installation where another integration ran until T or `now`:"
                    + " what is older is listed, not sent.")
    private InitRequest since;

    @Option(
            names = "--adopt",
            required = true,
            description = "A first installation where nothing ran before: all of it is to be sent.")
    private boolean adopt;

    @Option(
            names = "--recover",
            required = true,
            description = "After the ledger was lost: nothing up to now is sent again by itself.")
    private boolean recover;

    InitRequest birth() {
        if (adopt) {
            return new InitRequest.Adopt();
        }
        return recover ? new InitRequest.Recover() : since;
    }

    static final class SinceMoment implements ITypeConverter<InitRequest> {
        @Override
        public InitRequest convert(String text) {
            return text.equals("now")
                    ? new InitRequest.SinceNow()
                    : new InitRequest.Since(new Moments.AMoment().convert(text));
        }
    }
}
