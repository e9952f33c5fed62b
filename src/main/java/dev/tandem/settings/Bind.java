package dev.tandem.settings;

/** Where a port is open. */
public enum Bind {
    /** On every interface of the machine. */
    ALL("0.0.0.0"),
    /** To programs on the machine itself. */
    LOOPBACK("127.0.0.1");

    private final String address;

    Bind(String address) {
        this.address = address;
    }

    public String address() {
        return address;
    }
}
