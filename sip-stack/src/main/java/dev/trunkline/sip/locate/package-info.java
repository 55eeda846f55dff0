/**
 * Where a request goes: RFC 3263. {@link dev.trunkline.sip.locate.ServerSelection} decides which queries to send and evaluates
 * the answers, without network access; {@link dev.trunkline.sip.locate.Locator} sends the queries, outside the lanes.
 */
package dev.trunkline.sip.locate;
