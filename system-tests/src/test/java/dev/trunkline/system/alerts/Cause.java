package dev.trunkline.system.alerts;

import java.util.List;

/**
 * Something that really goes wrong, and the alerts that must fire because of it.
 *
 * @param alerts by their names in the rules
 * @param what goes wrong, for people who read the test's output
 */
record Cause(List<String> alerts, String what, Act act) {
    Cause {
        alerts = List.copyOf(alerts);
    }

    static Cause of(String alert, String what, Act act) {
        return new Cause(List.of(alert), what, act);
    }

    /** What is done to a suite. */
    interface Act {
        /** Returns when it is done, or continues. @return ends it */
        Ongoing begin(WatchedSuite suite) throws Exception;
    }

    /** A cause that is there until it is removed; closing it removes it as an operator would. */
    interface Ongoing extends AutoCloseable {
        @Override
        void close() throws Exception;
    }
}
