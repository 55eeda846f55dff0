/**
 * Where a request goes: RFC 3263. What to ask and what to make of the answers is {@link dev.trunkline.sip.locate.ServerSelection},
 * which knows no network; {@link dev.trunkline.sip.locate.Locator} asks, beside the lanes.
 */
package dev.trunkline.sip.locate;
