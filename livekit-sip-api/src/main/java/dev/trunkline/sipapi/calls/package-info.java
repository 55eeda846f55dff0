/** What the events on Kafka say of calls: which are live, how LiveKit calls them, and what becomes of those that somebody waits for. */
package dev.trunkline.sipapi.calls;
