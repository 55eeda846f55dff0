/** Assembles an edge: settings, the SIP stack configured by them, Kafka, health. */
package dev.trunkline.edge.service;
