/** The contract: each event and command of a call as a record, and their topics. */
package dev.trunkline.events;
