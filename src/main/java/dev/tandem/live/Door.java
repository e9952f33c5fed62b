package dev.tandem.live;

/** Where requests come in. While it is shut they wait in front of it; none is turned away because a route is swapped. */
public interface Door {
    /** For a process that listens to nobody. */
    Door NONE = new Door() {
        @Override
        public void shut() {}

        @Override
        public void open() {}
    };

    void shut();

    void open();
}
