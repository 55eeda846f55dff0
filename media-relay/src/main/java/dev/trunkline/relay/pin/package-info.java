/** The PIN that some rooms ask a caller for. A pure core. */
package dev.trunkline.relay.pin;
