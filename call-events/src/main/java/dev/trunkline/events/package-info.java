/** The contract: each event and command of a call as a record, and the topics that they are on. */
package dev.trunkline.events;
