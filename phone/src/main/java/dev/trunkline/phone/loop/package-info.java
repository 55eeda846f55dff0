/** One thread on which everything of a phone happens. */
package dev.trunkline.phone.loop;
