/** Measures from outside what happens to calls when a part of the suite breaks, and writes {@code docs/faults.md}. */
package dev.trunkline.system.faults;
