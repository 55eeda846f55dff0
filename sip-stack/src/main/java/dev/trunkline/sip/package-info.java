/** SIP for the JVM: what a program that speaks SIP uses. */
package dev.trunkline.sip;
