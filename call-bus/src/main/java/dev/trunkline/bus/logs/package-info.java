/** Logs as JSON, one object a line, where a setting asks for it. */
package dev.trunkline.bus.logs;
