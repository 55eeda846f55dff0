/**
 * SIP for the JVM. The API for programs is public: {@link dev.trunkline.sip.SipStackBuilder} and {@link
 * dev.trunkline.sip.ListenSettings} make a {@link dev.trunkline.sip.SipStack}; {@link dev.trunkline.sip.SipHandler}, {@link
 * dev.trunkline.sip.Door} and {@link dev.trunkline.sip.ServerTransaction} take requests; {@link
 * dev.trunkline.sip.UserAgentClient} and {@link dev.trunkline.sip.ResponseHandler} send them.
 *
 * <p>The rest is internal, best read in this order: OpenStack (sockets and lanes), LaneDesk (a lane's messages), ServerSide
 * with KeptServer and ClientSide with ClientCall and RunningClient (transactions), Running (performs the actions of a state
 * machine).
 */
package dev.trunkline.sip;
