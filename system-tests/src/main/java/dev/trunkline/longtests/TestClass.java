package dev.trunkline.longtests;

/**
 * What became of the tests of one class.
 *
 * @param module folder of its module
 * @param name of the class, without its package
 * @param tests how many ran
 * @param failed how many of them failed, or came to no end
 * @param skipped how many were not run
 * @param seconds that they took, with what they share
 */
record TestClass(String module, String name, int tests, int failed, int skipped, double seconds) {}
