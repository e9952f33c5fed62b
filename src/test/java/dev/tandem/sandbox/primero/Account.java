package dev.tandem.sandbox.primero;

import java.util.List;
import java.util.Locale;

/** A user. Names are role accounts, never persons. */
public record Account(
        int id, String userName, String password, Role role, String agency, List<String> groups, boolean disabled) {
    Account withDisabled(boolean now) {
        return new Account(id, userName, password, role, agency, groups, now);
    }

    public Account withRole(Role now) {
        return new Account(id, userName, password, now, agency, groups, disabled);
    }

    String fullName() {
        return userName.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Account[" + userName + "]";
    }
}
