package dev.tandem.operation.compare;

import java.util.Locale;

/** What can be different (docs/develop/in-step.md), or cannot be seen. */
enum Kind {
    CASE_WITHOUT_CLIENT(true),
    CLIENT_WITHOUT_CASE(true),
    TWO_CASES_ONE_NUMBER(true),
    TWO_CLIENTS_ONE_CASE(true),
    IDS_OR_LINK_DIFFER(true),
    REFERRAL_NOT_THERE(true),
    DECISION_DIFFERS(true),
    FIELD_DIFFERS(true),
    SERVICE_ROW_MISSING(true),
    CANNOT_BE_COMPARED(true),
    HIDDEN_UNTIL_TAKEN_UP(false),
    HIDDEN_BY_SHAPE(false),
    NGO_NOT_LIVE(false);

    private final boolean difference;

    Kind(boolean difference) {
        this.difference = difference;
    }

    /** Else it is only counted apart. */
    boolean isDifference() {
        return difference;
    }

    /** What the ordinary delivery does about one that nothing holds up. */
    String whatFollows() {
        return switch (this) {
            case CLIENT_WITHOUT_CASE -> "the next delivery creates the case";
            case IDS_OR_LINK_DIFFER -> "the next delivery tells the other system the ids";
            case REFERRAL_NOT_THERE -> "the next delivery sends the referral";
            case DECISION_DIFFERS -> "the next delivery tells the other system the decision";
            case FIELD_DIFFERS -> "the next delivery writes what OSCaR owns";
            case SERVICE_ROW_MISSING -> "the next delivery adds the row";
            default -> "";
        };
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
