package dev.tandem.engine;

import dev.tandem.ledger.Ledger;
import dev.tandem.oscar.feed.AccountRegistration;
import dev.tandem.outcome.OperationFailed;
import java.util.List;

/** What every command says where OSCaR serves our account as nobody's (contract oscar-interop §1.2). */
public final class OscarAccount {
    private OscarAccount() {}

    /** @throws OperationFailed if it was found that the account is not registered, and no person has opened the gate since */
    public static void mustBeRegistered(Ledger ledger) {
        boolean missing = ledger.gates().all().stream()
                .anyMatch(gate -> !gate.open()
                        && gate.code()
                                .filter(AccountRegistration.MISSING::equals)
                                .isPresent());
        if (missing) {
            throw notRegistered();
        }
    }

    public static OperationFailed notRegistered() {
        return new OperationFailed(
                OperationFailed.WRONG,
                List.of(
                        AccountRegistration.WORDS
                                + ": it is shown the referrals between NGOs, and each referral from Primero is refused.",
                        "Nothing is made of what it is shown, and nothing is sent. Have the e-mail of tandem.oscar.user"
                                + " registered in OSCaR, or set the account that is, then say `tandem reopen oscar`."));
    }
}
