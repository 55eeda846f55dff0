/** Puts an edge together: settings, the SIP stack as they say, Kafka, health. */
package dev.trunkline.edge.service;
