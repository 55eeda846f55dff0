/** SIP by the JAIN-SIP reference implementation: messages, transports, transactions. The one package that knows it. */
package dev.trunkline.edge.sip.jain;
