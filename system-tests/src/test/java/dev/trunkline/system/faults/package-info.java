/** What becomes of calls when a part of the suite breaks, measured from outside: {@code docs/faults.md} is written by this. */
package dev.trunkline.system.faults;
