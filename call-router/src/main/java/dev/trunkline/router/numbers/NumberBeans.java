package dev.trunkline.router.numbers;

import dev.trunkline.router.routing.SuiteDefaults;
import dev.trunkline.router.store.Transactions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts together. */
public class NumberBeans {

    @Produces
    @Singleton
    Numbers numbers(Transactions transactions, SuiteDefaults suite) {
        return new Numbers(transactions, suite.config());
    }
}
