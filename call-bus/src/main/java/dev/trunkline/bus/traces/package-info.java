/**
 * OpenTelemetry spans of calls: one trace per call, one span per event. Nothing of this runs unless a collector is
 * configured.
 */
package dev.trunkline.bus.traces;
