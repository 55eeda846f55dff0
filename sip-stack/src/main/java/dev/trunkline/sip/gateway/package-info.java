/** Which of several gateways a request goes to, and which of them are up. Pure. */
package dev.trunkline.sip.gateway;
