package dev.trunkline.system.faults;

import dev.trunkline.events.EndReason;
import dev.trunkline.system.support.SuiteUnderTest;
import java.util.Set;

/**
 * One thing that breaks while calls are up.
 *
 * @param name by which a run can ask for it alone
 * @param what is done, for the table
 * @param mayEnd for which reasons a call that was up may be lost; empty where none may
 * @param blow breaks it, and mends it where nobody else does; returns when that is done
 */
record Fault(String name, String what, Set<EndReason> mayEnd, Blow blow) {
    /** What is done to the suite. */
    interface Blow {
        /** @throws NotHereException where this machine has not what it takes */
        void strike(SuiteUnderTest suite) throws Exception;

        /**
         * What must be before any call is up; nothing where nothing must.
         *
         * @return what must be when all are over
         * @throws NotHereException where this machine has not what it takes
         */
        default Scene prepare(SuiteUnderTest suite) throws Exception {
            return () -> {};
        }
    }

    /** What a fault has made ready, and takes away again. */
    interface Scene extends AutoCloseable {
        @Override
        void close() throws InterruptedException;
    }

    /** This machine does not allow it: said in the table, and no promise is broken by it. */
    static final class NotHereException extends Exception {
        private static final long serialVersionUID = 1;

        NotHereException(String why) {
            super(why);
        }
    }
}
