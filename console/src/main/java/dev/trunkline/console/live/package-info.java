/** The calls of this moment. */
package dev.trunkline.console.live;
