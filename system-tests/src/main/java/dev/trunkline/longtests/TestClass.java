package dev.trunkline.longtests;

/**
 * The results of the tests of one class.
 *
 * @param module folder of its module
 * @param name of the class, without its package
 * @param tests how many ran
 * @param failed how many of them failed or ended with an error
 * @param skipped how many were not run
 * @param seconds that they took, including their shared set-up
 */
record TestClass(String module, String name, int tests, int failed, int skipped, double seconds) {}
