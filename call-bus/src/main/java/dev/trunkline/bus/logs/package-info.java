/** Logs as JSON, one object per line, if a setting asks for it. */
package dev.trunkline.bus.logs;
