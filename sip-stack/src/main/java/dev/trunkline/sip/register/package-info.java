/** When to register, refresh and unregister (RFC 3261 section 10). Pure; timers are inputs, the time is passed in. */
package dev.trunkline.sip.register;
