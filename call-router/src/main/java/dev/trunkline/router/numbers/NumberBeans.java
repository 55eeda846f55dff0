package dev.trunkline.router.numbers;

import dev.trunkline.router.routing.SuiteDefaults;
import dev.trunkline.router.store.Transactions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires the parts of this package. */
public class NumberBeans {

    @Produces
    @Singleton
    Numbers numbers(Transactions transactions, SuiteDefaults suite) {
        return new Numbers(transactions, suite.config());
    }
}
