/** Spans of calls for OpenTelemetry: one trace a call, one span an event. Nothing of it runs where no collector is named. */
package dev.trunkline.bus.traces;
