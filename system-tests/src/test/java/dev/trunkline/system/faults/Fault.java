package dev.trunkline.system.faults;

import dev.trunkline.events.EndReason;
import dev.trunkline.system.support.SuiteUnderTest;
import java.util.Set;

/**
 * One thing that breaks during calls.
 *
 * @param name by which a run can select it alone
 * @param what is done, for the table
 * @param mayEnd reasons for which an ongoing call may be lost; empty if none may be
 * @param blow causes the fault, and repairs it if nothing else does; returns when that is done
 */
record Fault(String name, String what, Set<EndReason> mayEnd, Blow blow) {
    /** The action that causes a fault in the suite. */
    interface Blow {
        /** Causes the fault. @throws NotHereException if this machine lacks what that needs */
        void strike(SuiteUnderTest suite) throws Exception;

        /**
         * Makes the preparations that must precede all calls; none by default.
         *
         * @return undoes them when all calls are over
         * @throws NotHereException if this machine lacks what that needs
         */
        default Scene prepare(SuiteUnderTest suite) throws Exception {
            return () -> {};
        }
    }

    /** What a fault has prepared; closing it undoes that. */
    interface Scene extends AutoCloseable {
        @Override
        void close() throws InterruptedException;
    }

    /** This machine does not allow the fault. The table says so, and it does not count as a broken promise. */
    static final class NotHereException extends Exception {
        private static final long serialVersionUID = 1;

        NotHereException(String why) {
            super(why);
        }
    }
}
