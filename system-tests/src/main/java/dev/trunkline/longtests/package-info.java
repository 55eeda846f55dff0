/** Reports the results of the tests that are too long for every run: {@code ./trunkline test --long --report FILE}. */
package dev.trunkline.longtests;
