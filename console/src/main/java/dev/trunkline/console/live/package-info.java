/** The ongoing calls. */
package dev.trunkline.console.live;
