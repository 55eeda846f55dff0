/** The PIN that callers must enter for some rooms. A pure core. */
package dev.trunkline.relay.pin;
