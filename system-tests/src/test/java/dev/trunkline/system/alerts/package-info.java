/** Every alert of {@code deploy/observability} is made to fire in a running suite by what it is for, and is gone afterwards. */
package dev.trunkline.system.alerts;
